using System.Text;
using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>
/// Makes private copies of files, so that what was checked is what is sent. A copy is on the disk, with its name, before anybody
/// hears of it. Its name is the package's id. Any number of copies may be made at once.
/// </summary>
public sealed class Staging : IDisposable
{
    private const string Unfinished = "incoming-";

    /// <summary>A copy that nobody has written to for so long is one whose writer is gone.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly string _folder;
    private readonly FolderSync _sync;

    private Staging(string folder) => (_folder, _sync) = (folder, new FolderSync(folder));

    /// <param name="folder">For the copies; it is made if it is not there, for this user only. What a crash left behind in it is removed.</param>
    /// <exception cref="IOException">The folder can't be used.</exception>
    public static Staging Open(string folder)
    {
        string full = Path.GetFullPath(folder);
        PrivateFile.CreateFolder(full);
        foreach (string left in Directory.EnumerateFiles(full, Unfinished + "*"))
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(left) > Abandoned) File.Delete(left);
        return new Staging(full);
    }

    /// <summary>Copies a file of a folder that others can write to. No symbolic link is followed below the folder.</summary>
    /// <param name="expected">The version that was observed; another one is not copied. Null for any.</param>
    public Task<StagingOutcome> StageAsync(string folder, RelativePath path, FileVersion? expected, CancellationToken ct) =>
        Task.Run(() => CopyAsync(SourceFile.OpenBelow(folder, path), Encoding.UTF8.GetString(path.Name), expected, ct), ct);

    /// <summary>Copies a file that the user named. Symbolic links are followed; the package has the name that the user gave.</summary>
    public Task<StagingOutcome> StageFileAsync(string path, CancellationToken ct) =>
        Task.Run(() => CopyAsync(SourceFile.OpenNamed(path), Path.GetFileName(path), expected: null, ct), ct);

    public void Dispose() => _sync.Dispose();

    private async Task<StagingOutcome> CopyAsync((SourceFile? File, StagingOutcome? Fault) opened, string name, FileVersion? expected, CancellationToken ct)
    {
        if (opened.File is not { } source) return opened.Fault!;
        using (source)
        {
            if (expected is { } version && !IsVersion(source, version)) return Changed("changed since it arrived");
            string temporary = Path.Combine(_folder, Unfinished + Path.GetRandomFileName());
            try
            {
                return await StoreAsync(source, name, temporary, ct);
            }
            catch (SourceReadException e)
            {
                return StagingOutcome.Failed(StagingFault.Unreadable, $"can't be read: {e.Message}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return StagingOutcome.Failed(StagingFault.NotStored, $"can't be copied to {_folder}: {e.Message}");
            }
            finally
            {
                RemoveUnfinished(temporary);
            }
        }
    }

    private async Task<StagingOutcome> StoreAsync(SourceFile source, string name, string temporary, CancellationToken ct)
    {
        long length;
        string sha256;
        using (var copy = new FileStream(temporary, CopyOptions()))
        {
            (length, sha256) = await ContentCopy.RunAsync(source.File, copy.SafeFileHandle, source.Status.Size, ct);
            if (length != source.Status.Size || !source.IsUnchanged()) return Changed("changed while it was read");
            RandomAccess.FlushToDisk(copy.SafeFileHandle);
        }

        string id = PackageId.Of(name, sha256);
        string file = Path.Combine(_folder, id);
        File.Move(temporary, file, overwrite: true);
        await _sync.SyncAsync();
        return StagingOutcome.Of(new StagedPackage(id, name, file, length, sha256));
    }

    private static void RemoveUnfinished(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is gone, or it is removed when it is opened again.
        }
    }

    private static FileStreamOptions CopyOptions()
    {
        var options = PrivateFile.Options(FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
        options.BufferSize = 0;
        return options;
    }

    private static bool IsVersion(SourceFile source, FileVersion version) =>
        new FileVersion(source.Status.Size, source.Status.ModifiedNs, source.Status.Inode) == version;

    private static StagingOutcome Changed(string reason) => StagingOutcome.Failed(StagingFault.Changed, reason);
}
