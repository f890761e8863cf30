using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>
/// The files that have no final name yet: incomplete, or complete but not flushed yet. Writers, and readers for children, may use
/// a file at the same time.
/// </summary>
internal sealed class FilesUnderWay(TargetTree tree, PieceInventory inventory)
{
    /// <summary>The most files that are held. Each is an open file; further files are given up.</summary>
    private const int MostHeld = 64;

    private readonly Dictionary<int, PartialFile> _files = [];
    private readonly HashSet<int> _held = [];

    /// <summary>The withdrawn entries that were listed anew.</summary>
    private readonly HashSet<int> _superseded = [];
    private bool _isOver;

    /// <summary>
    /// Returns the file, and creates it if necessary. A file that is listed anew replaces its incomplete earlier version, because
    /// both have the same temporary name.
    /// </summary>
    /// <exception cref="ObjectDisposedException">
    /// The run is over, and its incomplete files are left for a later run; or the file was listed anew meanwhile.
    /// </exception>
    public PartialFile Of(int entry, ManifestEntry listed, bool keep)
    {
        lock (_files)
        {
            if (_files.TryGetValue(entry, out var file)) return file;
            Claim(entry, listed.Path);
            file = tree.BeginFile(listed, keep);
            _files.Add(entry, file);
            return file;
        }
    }

    /// <summary>
    /// Gives up the incomplete file of another entry with the same path. Paths are unique within the manifest; only entries
    /// listed after it may repeat a path.
    /// </summary>
    private void Claim(int entry, RelativePath path)
    {
        ObjectDisposedException.ThrowIf(_isOver || _superseded.Contains(entry), this);
        if (!inventory.IsListedAnew(entry)) return;
        foreach (int before in _files.Where(f => f.Key != entry && f.Value.Entry.Path.Equals(path)).Select(f => f.Key).ToList())
        {
            _superseded.Add(before);
            Drop(before);
        }
    }

    /// <summary>Writes a file of one piece.</summary>
    /// <exception cref="ObjectDisposedException">As for <see cref="Of"/>.</exception>
    public PartialFile Put(int entry, ManifestEntry listed, ReadOnlySpan<byte> content)
    {
        lock (_files) Claim(entry, listed.Path);
        var file = tree.Put(listed, content);
        lock (_files)
        {
            if (!_isOver)
            {
                _files[entry] = file;
                return file;
            }
        }

        file.Abandon(keep: false);
        throw new ObjectDisposedException(nameof(FilesUnderWay));
    }

    public PartialFile? Find(int entry)
    {
        lock (_files) return _files.GetValueOrDefault(entry);
    }

    /// <summary>Sets owner, mode and time of a file whose pieces are all written.</summary>
    /// <returns>The file; null if the source has withdrawn it meanwhile.</returns>
    public PartialFile? Complete(int entry)
    {
        var file = Find(entry);
        file?.Complete();
        return file;
    }

    /// <summary>Reads from an incomplete file.</summary>
    /// <returns>False if the file is not among these, or can't be read.</returns>
    public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes)
    {
        PartialFile? file;
        lock (_files) _files.TryGetValue(entry, out file);
        if (file is null) return false;
        try
        {
            return file.Read(extent.Offset, bytes) == bytes.Length;
        }
        catch (Exception e) when (e is ObjectDisposedException or FileFaultException)
        {
            // The file was completed just now. The caller reads it by its name.
            return false;
        }
    }

    /// <summary>Gives a complete file its final name.</summary>
    /// <returns>False if the source has withdrawn the file meanwhile.</returns>
    public bool Name(int entry)
    {
        if (Find(entry) is not { } file) return false;
        file.Name();
        lock (_files) _files.Remove(entry);
        file.Dispose();
        return true;
    }

    /// <summary>
    /// Keeps a file that can't get its final name under its temporary name until the end of the run, so that children can still
    /// be served from it.
    /// </summary>
    /// <returns>False if there are too many such files; this one is then dropped.</returns>
    public bool Hold(int entry)
    {
        lock (_files)
        {
            if (_held.Contains(entry)) return true;
            if (_files.ContainsKey(entry) && _held.Count < MostHeld) return _held.Add(entry);
        }

        Drop(entry);
        return false;
    }

    /// <summary>Gives up a file that the source withdrew, or that can't be written.</summary>
    public void Drop(int entry)
    {
        PartialFile? file;
        lock (_files)
        {
            _files.Remove(entry, out file);
            _held.Remove(entry);
        }

        file?.Abandon(keep: false);
    }

    /// <summary>Keeps incomplete files of several pieces for a later run, and removes those without content.</summary>
    public void AbandonAll() => AbandonAll(keep: true);

    /// <summary>Removes all incomplete files, because their space is needed.</summary>
    public void RemoveAll() => AbandonAll(keep: false);

    private void AbandonAll(bool keep)
    {
        KeyValuePair<int, PartialFile>[] left;
        lock (_files)
        {
            _isOver = true;
            left = [.. _files];
            _files.Clear();
        }

        // A thread that holds the inventory's lock may wait for this lock, so the inventory's lock is not taken under it.
        foreach (var (entry, file) in left) file.Abandon(keep && !_held.Contains(entry) && IsWorthKeeping(entry));
    }

    private bool IsWorthKeeping(int entry)
    {
        lock (inventory.Gate)
        {
            var pieces = inventory.Catalog.PiecesOf(entry);
            int first = inventory.Here.NextIn(inventory.Catalog.Hashed, (int)pieces.First);
            return pieces.Count > 1 && first >= 0 && first < pieces.End;
        }
    }
}
