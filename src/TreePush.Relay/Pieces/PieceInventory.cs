using TreePush.Relay.Ledgers;

namespace TreePush.Relay.Pieces;

/// <summary>
/// What this relay knows and has: the one thing that its threads share. Everything here is used under <see cref="Gate"/>;
/// whoever changes something pulses it.
/// </summary>
internal sealed class PieceInventory
{
    private Catalog? _catalog;
    private int _listed;
    private int _takenBack;

    public object Gate { get; } = new();

    public Ledger Ledger { get; } = new();

    /// <summary>The manifest; made by the ledger's first page.</summary>
    public Catalog Catalog => _catalog ?? throw new WireException("the ledger does not begin at its beginning");

    public bool HasBegun => _catalog is not null;

    /// <summary>Whether SRC is a single file.</summary>
    public bool SourceIsFile { get; private set; }

    /// <summary>The last component of SRC: what a single file is called in a directory.</summary>
    public byte[] SourceName { get; private set; } = [];

    /// <summary>Whether the manifest is listed to its end.</summary>
    public bool IsManifestComplete { get; private set; }

    /// <summary>Whether the source could list everything; if not, nothing is deleted.</summary>
    public bool IsListingWhole { get; private set; }

    /// <summary>Pieces that are on this host's disk.</summary>
    public PieceSet Here { get; } = new();

    /// <summary>Pieces that can be sent on: they are here, and their hashes are known, so that a child can check them.</summary>
    public PieceSet Servable { get; } = new();

    /// <summary>Bytes of content that came over links.</summary>
    public long Received { get; set; }

    /// <summary>Bytes of content that went over links.</summary>
    public long Sent { get; set; }

    /// <summary>Paths that the source has and does not bring.</summary>
    public HashSet<RelativePath> Skipped { get; } = [];

    /// <summary>What the source took back, in order.</summary>
    public List<(int Entry, Withdrawal Reason)> Withdrawn { get; } = [];

    public void Begin(int pieceSize, bool sourceIsFile, byte[] sourceName)
    {
        if (_catalog is not null) throw new WireException("the ledger begins twice");
        if (pieceSize is < PieceSize.Least or > PieceSize.Most || !int.IsPow2(pieceSize)) throw new WireException($"{pieceSize} bytes are no size for pieces");
        (_catalog, SourceIsFile, SourceName) = (new Catalog(pieceSize), sourceIsFile, sourceName);
    }

    /// <summary>Whether the source has taken a file back to list it anew, and has not done so yet: until then nobody has everything.</summary>
    public bool AwaitsListing => _takenBack > Catalog.Entries.Count - _listed;

    /// <summary>Whether the entry was listed after the manifest's end: it is a file that the source has taken back. Any thread, with the lock or without it.</summary>
    public bool IsListedAnew(int entry) => IsManifestComplete && entry >= _listed;

    public void EndManifest(bool isWhole) => (_listed, IsListingWhole, IsManifestComplete) = (Catalog.Entries.Count, isWhole, true);

    public void Skip(RelativePath path)
    {
        if (Catalog.Entries.Count + Skipped.Count >= Catalog.MostEntries) throw new WireException("the manifest lists more than a run can have");
        Skipped.Add(path);
    }

    /// <summary>Notes a piece's hash; one that is known stays.</summary>
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

    /// <summary>These pieces are not here any more.</summary>
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

    /// <summary>Tells whoever waits that something has changed.</summary>
    public void Pulse() => Monitor.PulseAll(Gate);
}
