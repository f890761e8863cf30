using System.IO.Compression;
using System.Security.Cryptography;
using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>Pages of a ledger that looks right in most places, with names, numbers and order that it should not have in others.</summary>
/// <param name="inventory">What the reader has made of the pages so far.</param>
internal sealed class LedgerOfLies(Dice dice, PieceInventory inventory)
{
    private bool _isFile;

    public IEnumerable<(LedgerKind Kind, byte[] Body)> Pages()
    {
        foreach (var (kind, body) in InOrder())
        {
            if (dice.Once(12)) yield return Any();
            if (dice.Once(30)) continue;
            yield return (kind, dice.Once(8) ? dice.Change(body) : body);
        }
    }

    private IEnumerable<(LedgerKind Kind, byte[] Body)> InOrder()
    {
        yield return (LedgerKind.Begin, Begin());
        for (int i = dice.Below(3); i >= 0; i--) yield return (LedgerKind.Entries, Entries());
        yield return (LedgerKind.Manifest, Page.Manifest(!dice.Once(8)));
        for (int i = dice.Below(3); i >= 0; i--) yield return (LedgerKind.Hashes, Hashes());
        if (dice.Once(3)) yield return (LedgerKind.Withdrawn, Withdrawn());
        if (dice.Once(3)) yield return (LedgerKind.Entries, Entries());
        yield return (LedgerKind.Hashes, Hashes());
    }

    private (LedgerKind Kind, byte[] Body) Any() => dice.Below(6) switch
    {
        0 => (LedgerKind.Begin, Begin()),
        1 => (LedgerKind.Entries, Entries()),
        2 => (LedgerKind.Manifest, Page.Manifest(true)),
        3 => (LedgerKind.Hashes, Hashes()),
        4 => (LedgerKind.Withdrawn, Withdrawn()),
        _ => ((LedgerKind)(1 + dice.Below(5)), dice.Bytes(dice.Below(60))),
    };

    private byte[] Begin()
    {
        _isFile = dice.Once(3);
        byte[] name = _isFile && dice.Once(4) ? dice.LongWayOut() : dice.Name();
        return Page.Begin(dice.Once(20) ? 1 << dice.Below(30) : PieceSize.Least, _isFile, _isFile || dice.Once(20) ? name : []);
    }

    private byte[] Entries()
    {
        var plain = new WireWriter();
        int count = dice.Below(8);
        plain.Varint(count);
        if ((_isFile || dice.Once(4)) && count > 0) WriteRoot(plain, ref count);
        for (; count > 0; count--) WriteEntry(plain, dice.Name(), 1 + dice.Below(3));
        var page = new WireWriter();
        page.Varint(plain.Length);
        page.Raw(dice.Once(10) ? Packed(plain.Written) : plain.Written);
        return page.Written.ToArray();
    }

    private void WriteRoot(WireWriter writer, ref int count)
    {
        WriteEntry(writer, [], _isFile ? 2 : 1 + dice.Below(3));
        count--;
    }

    private void WriteEntry(WireWriter writer, byte[] path, int kind)
    {
        bool hasOwner = dice.Once(10);
        writer.Varint(0);
        writer.Bytes(path);
        writer.Byte((byte)(kind | (hasOwner ? 0x80 : 0)));
        writer.Varint(dice.Any([0, 0x1ff, 0x1a4, 0x1ed, 0xfff]));
        writer.Zigzag(dice.Any([0L, 1_600_000_000_000_000_000, -1, long.MaxValue, long.MinValue]));
        if (kind == 2) writer.Varint(dice.Any([0L, 1, 100, PieceSize.Least, (2 * PieceSize.Least) + 1, 1 << 30]));
        if (kind == 3) writer.Bytes(dice.Once(2) ? dice.Name() : "../../../outside"u8);
        if (!hasOwner) return;
        writer.Varint(0);
        writer.Varint(0);
        writer.Text(dice.Any(["", "root", "nobody", "\u0007"]));
        writer.Text("");
    }

    /// <summary>The right hashes of zeros for some pieces, which a target then takes, or wrong ones.</summary>
    private byte[] Hashes()
    {
        var writer = new WireWriter();
        lock (inventory.Gate)
        {
            int pieces = inventory.HasBegun ? Math.Min(inventory.Catalog.Pieces, 60) : 3;
            int first = dice.Below(3), count = Math.Max(0, pieces - first);
            writer.Varint(first);
            writer.Varint(count);
            for (int piece = first; piece < first + count; piece++) writer.Raw(inventory.HasBegun && !dice.Once(30) ? HashOf(piece) : dice.Bytes(32));
        }

        return writer.Written.ToArray();
    }

    private byte[] HashOf(int piece) => SHA256.HashData(new byte[inventory.Catalog.ExtentOf(inventory.Catalog.EntryOf(piece), piece).Length]);

    private byte[] Withdrawn() => Page.Withdrawn(dice.Below(6), (Withdrawal)dice.Below(6));

    private static byte[] Packed(ReadOnlySpan<byte> bytes)
    {
        byte[] packed = new byte[bytes.Length + 64];
        return BrotliEncoder.TryCompress(bytes, packed, out int length) ? packed[..length] : [];
    }
}
