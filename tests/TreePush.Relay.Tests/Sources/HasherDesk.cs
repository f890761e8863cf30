using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Control;
using TreePush.Relay.Files;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;
using TreePush.Relay.Sources;

namespace TreePush.Relay.Tests.Sources;

/// <summary>A hasher at work on files that behave as a test says.</summary>
internal sealed class HasherDesk : IDisposable, ILedgerFiles
{
    private const int Size = PieceSize.Least;

    private readonly RelayIdentity _identity = new();
    private readonly Hasher _hasher;

    public HasherDesk(long size)
    {
        var ledger = new LedgerWriter(new byte[16], 0, _identity, PieceInventory);
        ledger.Write(LedgerKind.Begin, Page.Begin(Size, sourceIsFile: false, []));
        ledger.Write(LedgerKind.Entries, Page.Entries([new ManifestEntry(RelativePath.Of("f"), EntryKind.File, 0, 1, size)]));
        _hasher = new Hasher(this, PieceInventory, ledger, new ControlChannel(Stream.Null, Stream.Null));
        lock (PieceInventory.Gate) PieceInventory.AddHere(PieceInventory.Catalog.PiecesOf(0));
    }

    public PieceInventory PieceInventory { get; } = new();

    public PieceSet Hashed => PieceInventory.Catalog.Hashed;

    /// <summary>What the file is found to be, one time after the other; unchanged when there is no more.</summary>
    public Queue<FileState> Found { get; } = [];

    /// <summary>What opening it fails with.</summary>
    public FileFaultKind? Fault { get; set; }

    /// <summary>Whether the file is proven to be gone.</summary>
    public bool IsGone { get; set; }

    public int Reads { get; private set; }

    public HasherDesk Begin()
    {
        lock (PieceInventory.Gate) _hasher.WantEntries([new PieceRange(0, 1)]);
        new Thread(_hasher.Run) { IsBackground = true }.Start();
        return this;
    }

    public void Doubt(int piece)
    {
        lock (PieceInventory.Gate) _hasher.Doubt(piece);
    }

    /// <summary>Waits for what must come.</summary>
    public void Until(Func<bool> isSo)
    {
        lock (PieceInventory.Gate)
            while (!isSo())
                if (!Monitor.Wait(PieceInventory.Gate, TimeSpan.FromSeconds(30))) Assert.Fail("it did not come");
    }

    public int Read(int entry, PieceExtent extent, Span<byte> bytes)
    {
        if (Fault is { } kind) throw new FileFaultException(new FileFault(kind, RelativePath.Of("f"), 0, "can't open the file"));
        Reads++;
        bytes.Fill((byte)entry);
        return extent.Length;
    }

    /// <summary>Nothing has the file's name when it is looked at after reading.</summary>
    public bool IsMissing { get; set; }

    public FileState StateOf(int entry) => IsMissing ? throw new FileFaultException(FileFault.Of(RelativePath.Of("f"), "stat it", 2))
        : Found.TryDequeue(out var state) ? state : FileState.Unchanged;

    public ManifestEntry? ListAnew(ManifestEntry entry) => entry with { ModifiedNs = entry.ModifiedNs + 1 };

    bool ILedgerFiles.IsGone(ManifestEntry entry) => IsGone;

    public void Dispose() => _identity.Dispose();
}
