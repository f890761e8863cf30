using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>The file systems that hold DEST: usually one, or more if some are mounted below DEST. For any number of threads.</summary>
internal sealed class FileSystems : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, FileSystem> _known = [];

    /// <summary>Records the file system of a directory. It stays open, so that it reports all write errors from now on.</summary>
    /// <param name="parent">The directory that contains the directory.</param>
    /// <param name="status">The status of the directory itself.</param>
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

    /// <summary>Returns the file system that holds the file; null if it is not known.</summary>
    public FileSystem? Of(PartialFile file)
    {
        lock (_gate) return _known.Count == 1 ? _known.Values.First() : _known.GetValueOrDefault(file.Device());
    }

    public void Dispose()
    {
        foreach (var fileSystem in All()) fileSystem.Dispose();
    }
}
