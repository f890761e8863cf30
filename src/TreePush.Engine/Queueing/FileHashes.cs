using System.Collections.Concurrent;
using TreePush.Core.Queueing;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Queueing;

/// <summary>The hashes of files. What was hashed once is not hashed again while its inode, size and mtime stay as they were.</summary>
internal sealed class FileHashes
{
    private readonly ConcurrentDictionary<string, (EntryStatus Version, string Sha256)> _known = new(StringComparer.Ordinal);

    /// <returns>The version that is the task's file; null if there is another one, or none, or it can't be read.</returns>
    public async Task<EntryStatus?> FindAsync(TaskSpec task, CancellationToken ct)
    {
        if (TaskFile.Status(task.Path)?.Size != task.Size) return null;
        return await OfAsync(task.Path, ct) is var (version, sha256) && version.Size == task.Size && sha256 == task.Sha256 ? version : null;
    }

    /// <returns>The file's version and its hash; null if it is no regular file, is being written to, or can't be read.</returns>
    public async Task<(EntryStatus Version, string Sha256)?> OfAsync(string path, CancellationToken ct)
    {
        if (TaskFile.Status(path) is not { Type: EntryType.File } now) return null;
        if (_known.TryGetValue(path, out var known) && known.Version == now) return known;
        try
        {
            if (await Task.Run(() => TaskFile.HashAsync(path, ct), ct) is not { } hashed) return null;
            _known[path] = hashed;
            return hashed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Has the file hashed again, though it looks as it did.</summary>
    public void Forget(string path) => _known.TryRemove(path, out _);
}
