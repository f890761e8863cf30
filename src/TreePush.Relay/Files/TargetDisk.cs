using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// Flushes written data to the disk, so that a power cut can't lose it. A file is flushed before it gets its final name: after a
/// crash, a file of the right size and time has the right content. Names, modes and directories are flushed at the end, before
/// the receipt. For any thread; each call waits for the disk.
/// </summary>
internal sealed class TargetDisk(FileSystems fileSystems)
{
    /// <summary>
    /// Up to this many files are flushed one by one. For more files, one flush of their file system costs less, although it also
    /// writes the data of other programs.
    /// </summary>
    private const int Few = 8;

    /// <summary>Flushes the content, owner, mode and time of complete files that have no final name yet.</summary>
    /// <param name="failed">Called with each file that could not be flushed.</param>
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
                // The source has withdrawn the file.
            }
        }
    }

    /// <summary>Flushes everything that was created, renamed, deleted or changed.</summary>
    /// <param name="flushDirectories">Flushes the directories one by one, for file systems that need this.</param>
    /// <param name="failed">Called if something may not be on the disk.</param>
    public void FlushAll(Action flushDirectories, Action<FileFault> failed)
    {
        var all = fileSystems.All();
        if (all.Any(f => !f.IsSyncedAsAWhole)) flushDirectories();
        foreach (var fileSystem in all)
            if (fileSystem.Flush() is var result and < 0) failed(FileFault.Of(RelativePath.Root, "flush the file system to the disk", -result));
    }

    /// <returns>The files whose file system reported that everything is on the disk.</returns>
    private HashSet<PartialFile> FlushTogether(IReadOnlyList<PartialFile> files)
    {
        var flushed = new HashSet<PartialFile>();
        foreach (var group in files.GroupBy(fileSystems.Of))
            if (group.Key is { IsSyncedAsAWhole: true } fileSystem && fileSystem.Flush() == 0) flushed.UnionWith(group);
        return flushed;
    }
}
