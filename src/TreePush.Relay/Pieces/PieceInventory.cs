using TreePush.Relay.Ledgers;

namespace TreePush.Relay.Pieces;

/// <summary>
/// The piece inventory: what this relay knows and has. It is the only state that its threads share. All of it is used under
/// <see cref="Gate"/>, which must be pulsed after a change.
/// </summary>
internal sealed class PieceInventory
{
    private Catalog? _catalog;
    private int _listed;
    private int _takenBack;

    public object Gate { get; } = new();

    public Ledger Ledger { get; } = new();

    /// <summary>The manifest. The first page of the ledger creates it.</summary>
    public Catalog Catalog => _catalog ?? throw new WireException("the ledger does not begin at its beginning");

    public bool HasBegun => _catalog is not null;

    /// <summary>Whether SRC is a single file.</summary>
    public bool SourceIsFile { get; private set; }

    /// <summary>The last component of SRC: the name of a single file.</summary>
    public byte[] SourceName { get; private set; } = [];

    /// <summary>Whether the whole manifest has arrived.</summary>
    public bool IsManifestComplete { get; private set; }

    /// <summary>Whether the source could list its whole tree. If not, nothing is deleted.</summary>
    public bool IsListingWhole { get; private set; }

    /// <summary>The pieces that are on this host's disk.</summary>
    public PieceSet Here { get; } = new();

    /// <summary>The pieces that can be sent to children: they are on this host, and their hashes are known, so that a child can check them.</summary>
    public PieceSet Servable { get; } = new();

    /// <summary>The bytes of content received over links.</summary>
    public long Received { get; set; }

    /// <summary>The bytes of content sent over links.</summary>
    public long Sent { get; set; }

    /// <summary>The paths that the source has and does not copy.</summary>
    public HashSet<RelativePath> Skipped { get; } = [];

    /// <summary>The withdrawn entries, in order.</summary>
    public List<(int Entry, Withdrawal Reason)> Withdrawn { get; } = [];

    public void Begin(int pieceSize, bool sourceIsFile, byte[] sourceName)
    {
        if (_catalog is not null) throw new WireException("the ledger begins twice");
        if (pieceSize is < PieceSize.Least or > PieceSize.Most || !int.IsPow2(pieceSize)) throw new WireException($"{pieceSize} bytes are no size for pieces");
        (_catalog, SourceIsFile, SourceName) = (new Catalog(pieceSize), sourceIsFile, sourceName);
    }

    /// <summary>Whether the source has withdrawn a file to list it anew, and has not listed it yet. Until then, no host has everything.</summary>
    public bool AwaitsListing => _takenBack > Catalog.Entries.Count - _listed;

    /// <summary>Whether the entry was listed after the end of the manifest, in place of a withdrawn one. For any thread, with or without the lock.</summary>
    public bool IsListedAnew(int entry) => IsManifestComplete && entry >= _listed;

    public void EndManifest(bool isWhole) => (_listed, IsListingWhole, IsManifestComplete) = (Catalog.Entries.Count, isWhole, true);

    public void Skip(RelativePath path)
    {
        if (Catalog.Entries.Count + Skipped.Count >= Catalog.MostEntries) throw new WireException("the manifest lists more than a run can have");
        Skipped.Add(path);
    }

    /// <summary>Records the hash of a piece. A known hash does not change.</summary>
    public void SetHash(int piece, ReadOnlySpan<byte> hash)
    {
        if (Catalog.Hashed.Contains(piece)) return;
        Catalog.SetHash(piece, hash);
        if (Here.Contains(piece)) Servable.Add(piece);
    }

    public void AddHere(int piece)
    {
        Here.Add(piece);
        if (Catalog.Hashed.Contains(piece)) Servable.Add(piece);
    }

    public void AddHere(PieceRange pieces)
    {
        Here.Add(pieces);
        for (int at = Catalog.Hashed.NextIn(Here, (int)pieces.First); at >= 0 && at < pieces.End; at = Catalog.Hashed.NextIn(Here, at + 1)) Servable.Add(at);
    }

    /// <summary>Records that these pieces are no longer on this host.</summary>
    public void Lose(PieceRange pieces)
    {
        Here.Remove(pieces);
        Servable.Remove(pieces);
    }

    public void Withdraw(int entry, Withdrawal reason)
    {
        if (!Catalog.Withdraw(entry)) return;
        Lose(Catalog.PiecesOf(entry));
        Withdrawn.Add((entry, reason));
        if (reason == Withdrawal.Changed) _takenBack++;
    }

    /// <summary>Wakes the threads that wait for a change.</summary>
    public void Pulse() => Monitor.PulseAll(Gate);
}
