using System.Collections.Concurrent;
using TreePush.Core.Queueing;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Queueing;

/// <summary>Whether files are those of tasks. What was hashed once is not hashed again while its inode, size and mtime stay as they were.</summary>
internal sealed class FileHashes
{
    private readonly ConcurrentDictionary<string, (EntryStatus Version, string Sha256)> _known = new(StringComparer.Ordinal);

    /// <returns>The version that is the task's file; null if there is another one, or none, or it can't be read.</returns>
    public async Task<EntryStatus?> FindAsync(TaskSpec task, CancellationToken ct)
    {
        if (TaskFile.Status(task.Path) is not { Type: EntryType.File } now || now.Size != task.Size) return null;
        if (_known.TryGetValue(task.Path, out var known) && known.Version == now) return known.Sha256 == task.Sha256 ? now : null;
        if (await HashAsync(task.Path, ct) is not { } hashed) return null;
        _known[task.Path] = hashed;
        return hashed.Version.Size == task.Size && hashed.Sha256 == task.Sha256 ? hashed.Version : null;
    }

    /// <summary>Has the file hashed again, though it looks as it did.</summary>
    public void Forget(string path) => _known.TryRemove(path, out _);

    private static async Task<(EntryStatus Version, string Sha256)?> HashAsync(string path, CancellationToken ct)
    {
        try
        {
            return await Task.Run(() => TaskFile.HashAsync(path, ct), ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
