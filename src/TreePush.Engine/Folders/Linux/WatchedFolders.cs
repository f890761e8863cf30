using TreePush.Core.Manifests;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Folders.Linux;

/// <summary>The folders that are watched, by the numbers that inotify gave them.</summary>
/// <param name="most">Folders that are watched before <see cref="Add"/> does as if the system refused more.</param>
internal sealed class WatchedFolders(InotifyQueue queue, int most)
{
    private readonly Dictionary<int, Entry> _folders = [];
    private uint _scan;

    public InotifyQueue Queue => queue;

    /// <summary>Watches an open folder, from now on under this path.</summary>
    /// <returns>Zero, or the error number.</returns>
    public int Add(int folder, RelativePath path)
    {
        int watch = _folders.Count < most ? queue.Add(folder) : -Errno.NoSpace;
        if (watch < 0) return -watch;
        _folders[watch] = new Entry(path, _scan);
        return 0;
    }

    public bool TryGet(int watch, out RelativePath path)
    {
        bool found = _folders.TryGetValue(watch, out var entry);
        path = entry.Path;
        return found;
    }

    /// <summary>Forgets a watch that the system has ended.</summary>
    public void Forget(int watch) => _folders.Remove(watch);

    /// <summary>Stops watching a folder and all that is in it. It looks at every folder.</summary>
    public void RemoveTree(RelativePath folder) => RemoveAll(e => e.Path == folder || e.Path.IsBelow(folder));

    public void BeginScan() => _scan++;

    /// <summary>Stops watching folders that the scan did not find.</summary>
    public void RemoveUnseen() => RemoveAll(e => e.Scan != _scan);

    private void RemoveAll(Predicate<Entry> which)
    {
        foreach (int watch in _folders.Where(f => which(f.Value)).Select(f => f.Key).ToList())
        {
            _folders.Remove(watch);
            queue.Remove(watch);
        }
    }

    private readonly record struct Entry(RelativePath Path, uint Scan);
}
