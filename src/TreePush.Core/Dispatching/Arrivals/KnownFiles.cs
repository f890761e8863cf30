using System.Runtime.InteropServices;
using TreePush.Core.Manifests;

namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>
/// The files that need no handling, each with its version: they were handled, or were there at the very first start. There may
/// be hundreds of thousands, so each one costs little more than its path.
/// </summary>
public sealed class KnownFiles
{
    private readonly Dictionary<RelativePath, Entry> _files = [];
    private readonly List<KnownChange> _changes = [];
    private uint _scan;

    public int Count => _files.Count;

    public IEnumerable<Arrival> Files => _files.Select(f => new Arrival(f.Key, f.Value.Version));

    /// <summary>Whether this file is known with this size and mtime.</summary>
    public bool Contains(RelativePath path, FileVersion version) => _files.TryGetValue(path, out var entry) && entry.Version.HasSameContent(version);

    public void Set(RelativePath path, FileVersion version)
    {
        Load(path, version);
        _changes.Add(new KnownChange(path, version));
    }

    /// <summary>Sets what was written down earlier.</summary>
    public void Load(RelativePath path, FileVersion version) => _files[path] = new Entry(version.Size, version.ModifiedNs, _scan);

    public void Remove(RelativePath path)
    {
        if (_files.Remove(path)) _changes.Add(new KnownChange(path, null));
    }

    /// <summary>Removes what is in a folder, at any depth. It looks at every file.</summary>
    public void RemoveBelow(RelativePath folder) => RemoveAll(path => path.IsBelow(folder));

    /// <summary>Begins to note which files are still there.</summary>
    public void BeginScan() => _scan++;

    /// <summary>Notes that a file is still there.</summary>
    public void Saw(RelativePath path)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_files, path);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref entry)) entry = entry with { Scan = _scan };
    }

    /// <summary>Removes the files that nobody saw since <see cref="BeginScan"/>. Only a scan that was whole proves that they are gone.</summary>
    public void RemoveUnseen() => RemoveAll(path => _files[path].Scan != _scan);

    /// <summary>The changes since the last call, in their order.</summary>
    public IReadOnlyList<KnownChange> TakeChanges()
    {
        if (_changes.Count == 0) return [];
        KnownChange[] changes = [.. _changes];
        _changes.Clear();
        return changes;
    }

    private void RemoveAll(Predicate<RelativePath> which)
    {
        foreach (var path in _files.Keys.Where(p => which(p)).ToList()) Remove(path);
    }

    private readonly record struct Entry(long Size, long ModifiedNs, uint Scan)
    {
        public FileVersion Version => new(Size, ModifiedNs, Inode: 0);
    }
}
