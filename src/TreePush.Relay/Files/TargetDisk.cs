using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// Brings what was written to the disk, so that a power cut can't take it. A file is flushed before it gets its name: whatever a crash leaves, a file of
/// the right size and time has the right content. Names, modes and directories are flushed at the end, before the receipt. Any thread; each waits for the disk.
/// </summary>
internal sealed class TargetDisk(FileSystems fileSystems)
{
    /// <summary>Up to here each file is flushed by itself; beyond, one flush of their file system costs less, though it writes what others have in it too.</summary>
    private const int Few = 8;

    /// <summary>Flushes content, owner, mode and time of files that are whole and have no name yet.</summary>
    /// <param name="failed">Called with each that is not on the disk.</param>
    public void Flush(IReadOnlyList<PartialFile> files, Action<PartialFile, FileFault> failed)
    {
        var flushed = files.Count > Few ? FlushTogether(files) : [];
        foreach (var file in files)
        {
            bool isWritten = flushed.Contains(file);
            if (isWritten && DiskSync.FileSystemTellsOfErrors) continue;
            try
            {
                file.Flush(isWritten);
            }
            catch (FileFaultException e)
            {
                failed(file, e.Fault);
            }
            catch (ObjectDisposedException)
            {
                // The source has taken it back.
            }
        }
    }

    /// <summary>Flushes all that was made, named, deleted and changed.</summary>
    /// <param name="flushDirectories">Flushes the directories one by one, for file systems that need it.</param>
    /// <param name="failed">Called where something may not be on the disk.</param>
    public void FlushAll(Action flushDirectories, Action<FileFault> failed)
    {
        var all = fileSystems.All();
        if (all.Any(f => !f.IsSyncedAsAWhole)) flushDirectories();
        foreach (var fileSystem in all)
            if (fileSystem.Flush() is var result and < 0) failed(FileFault.Of(RelativePath.Root, "flush the file system to the disk", -result));
    }

    /// <returns>The files whose file system says that everything is on the disk.</returns>
    private HashSet<PartialFile> FlushTogether(IReadOnlyList<PartialFile> files)
    {
        var flushed = new HashSet<PartialFile>();
        foreach (var group in files.GroupBy(fileSystems.Of))
            if (group.Key is { IsSyncedAsAWhole: true } fileSystem && fileSystem.Flush() == 0) flushed.UnionWith(group);
        return flushed;
    }
}
