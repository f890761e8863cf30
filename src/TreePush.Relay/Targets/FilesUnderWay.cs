using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>Files that have no name yet: being put together, or whole and on their way to the disk. Writers, and readers for children, may be at one at once.</summary>
internal sealed class FilesUnderWay(TargetTree tree, PieceInventory inventory)
{
    /// <summary>Each of these is an open file; beyond that, files are given up.</summary>
    private const int MostHeld = 64;

    private readonly Dictionary<int, PartialFile> _files = [];
    private readonly HashSet<int> _held = [];

    /// <summary>Entries that the source took back and has listed anew.</summary>
    private readonly HashSet<int> _superseded = [];
    private bool _isOver;

    /// <summary>The file, begun if it is not yet. One that is listed anew takes the place of what is under way of it: both have the same temporary name.</summary>
    /// <exception cref="ObjectDisposedException">The run is over, and what a later one is to go on with is not touched any more; or the file was listed anew since.</exception>
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

    /// <summary>Gives up what is under way of the path as another entry. The files of the manifest have a path each; only those that follow it may have one again.</summary>
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
    /// <exception cref="ObjectDisposedException">As of <see cref="Of"/>.</exception>
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

    /// <summary>Gives a file of which all pieces are there its owner, mode and time.</summary>
    /// <returns>Null if it is not under way any more: the source has taken it back this moment.</returns>
    public PartialFile? Complete(int entry)
    {
        var file = Find(entry);
        file?.Complete();
        return file;
    }

    /// <summary>Reads what is there of a file under way.</summary>
    /// <returns>False if the file is not under way.</returns>
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
            // It was completed just now: it is read by its name.
            return false;
        }
    }

    /// <summary>Puts a complete file in its place.</summary>
    /// <returns>False if it is not under way any more: the source has taken it back this moment.</returns>
    public bool Name(int entry)
    {
        if (Find(entry) is not { } file) return false;
        file.Name();
        lock (_files) _files.Remove(entry);
        file.Dispose();
        return true;
    }

    /// <summary>Keeps a file that can't get its name under its temporary one until the end of the run, so that children can still be served from it.</summary>
    /// <returns>False if there are too many of them: this one is dropped.</returns>
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

    /// <summary>Gives up a file that the source took back, or that can't be written.</summary>
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

    /// <summary>Leaves files of several pieces for a later run to go on with; what has nothing in it is removed.</summary>
    public void AbandonAll() => AbandonAll(keep: true);

    /// <summary>Removes all of them: the room is needed.</summary>
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

        // The inventory's lock may be held by somebody who waits for this one, so it is not asked for inside.
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
