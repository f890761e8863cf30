using System.Security.Cryptography;
using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Tests.Links;

/// <summary>A source's ledger of one file, <c>f</c>, in three pieces, and the frames in which it and its pieces travel.</summary>
internal sealed class SmallLedger : IDisposable
{
    public const int Size = PieceSize.Least;

    private readonly LedgerWriter _writer;

    public SmallLedger()
    {
        new Random(1).NextBytes(Content);
        Entry = new ManifestEntry(RelativePath.Of("f"), EntryKind.File, 0b110_100_100, 1_600_000_000_000_000_000, Content.Length);
        _writer = new LedgerWriter(Run, 0, Identity, PieceInventory);
        _writer.Write(LedgerKind.Begin, Page.Begin(Size, sourceIsFile: false, []));
        _writer.Write(LedgerKind.Entries, Page.Entries([Entry]));
        _writer.Write(LedgerKind.Manifest, Page.Manifest(isWhole: true));
        _writer.Write(LedgerKind.Hashes, HashesPage(0, 1, 2));
        lock (PieceInventory.Gate) PieceInventory.AddHere(PieceInventory.Catalog.PiecesOf(0));
    }

    public byte[] Run { get; } = [.. Enumerable.Range(0, 16).Select(b => (byte)b)];

    public RelayIdentity Identity { get; } = new();

    public PieceInventory PieceInventory { get; } = new();

    public byte[] Content { get; } = new byte[(2 * Size) + 1000];

    public ManifestEntry Entry { get; }

    public byte[][] Pages => [.. Enumerable.Range(0, PieceInventory.Ledger.CountOf(0)).Select(n => PieceInventory.Ledger.Page(0, n))];

    /// <summary>The same file once more, as an entry of its own with pieces of its own.</summary>
    public void ListAgain()
    {
        _writer.Write(LedgerKind.Entries, Page.Entries([Entry]));
        lock (PieceInventory.Gate) PieceInventory.AddHere(PieceInventory.Catalog.PiecesOf(1));
        _writer.Write(LedgerKind.Hashes, HashesPage(3, 4, 5));
    }

    /// <summary>Wakes whoever waits, as a piece that came does.</summary>
    public void Wake()
    {
        lock (PieceInventory.Gate) PieceInventory.Pulse();
    }

    public byte[] Piece(int piece) => Content[(piece % 3 * Size)..Math.Min(Content.Length, ((piece % 3) + 1) * Size)];

    public byte[] HashesPage(params int[] pieces)
    {
        var writer = new WireWriter();
        foreach (int piece in pieces)
        {
            writer.Varint(piece);
            writer.Varint(1);
            writer.Raw(SHA256.HashData(Piece(piece)));
        }

        return writer.Written.ToArray();
    }

    /// <summary>A page's payload, signed as it should be unless told otherwise.</summary>
    public byte[] Sign(long number, LedgerKind kind, byte[] body, int signer = 0, byte[]? run = null, RelayIdentity? by = null)
    {
        byte[] signature = (by ?? Identity).Sign(LedgerFrame.Digest(run ?? Run, signer, number, kind, body));
        var writer = new WireWriter();
        new LedgerFrame(signer, number, kind, signature, body).Write(writer);
        return writer.Written.ToArray();
    }

    public static byte[] FrameOfPiece(int piece, PieceCoding coding, byte[] content)
    {
        byte[] header = new byte[PieceFrame.MostHeader];
        int length = PieceFrame.WriteHeader(header, piece, coding);
        return FrameOf(FrameType.Piece, [.. header[..length], .. content]);
    }

    /// <summary>All that a parent says to a child that lacks everything.</summary>
    public byte[] Everything() =>
    [
        .. Pages.SelectMany(p => FrameOf(FrameType.Ledger, p)),
        .. Enumerable.Range(0, 3).SelectMany(p => FrameOfPiece(p, PieceCoding.Raw, Piece(p))),
    ];

    public static byte[] FrameOf(FrameType type, byte[] payload)
    {
        byte[] header = new byte[Frame.HeaderSize];
        Frame.WriteHeader(header, type, payload.Length);
        return [.. header, .. payload];
    }

    public void Dispose() => Identity.Dispose();
}
