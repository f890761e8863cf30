using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>The file systems that hold DEST: one as a rule, more where some are mounted below it. Any number of threads may use it.</summary>
internal sealed class FileSystems : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, FileSystem> _known = [];

    /// <summary>Makes the file system of a directory known. It stays open, so that it tells of whatever can't be written from now on.</summary>
    /// <param name="parent">The directory that holds it.</param>
    /// <param name="status">The directory's own.</param>
    public void Learn(int parent, ReadOnlySpan<byte> name, in FileStatus status)
    {
        ulong device = status.Identity.Device;
        lock (_gate)
            if (!_known.ContainsKey(device)) _known.Add(device, new FileSystem(At.Open(parent, name, Open.ListedDirectory)));
    }

    public IReadOnlyList<FileSystem> All()
    {
        lock (_gate) return [.. _known.Values];
    }

    /// <summary>The one that holds the file; null where that is not known.</summary>
    public FileSystem? Of(PartialFile file)
    {
        lock (_gate) return _known.Count == 1 ? _known.Values.First() : _known.GetValueOrDefault(file.Device());
    }

    public void Dispose()
    {
        foreach (var fileSystem in All()) fileSystem.Dispose();
    }
}
