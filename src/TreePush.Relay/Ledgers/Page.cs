using System.IO.Compression;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Ledgers;

/// <summary>The content of the ledger's pages. The writer makes the pages, and every relay applies them to its inventory.</summary>
internal static class Page
{
    /// <summary>The most entries on one page.</summary>
    public const int MostEntries = 1000;

    /// <summary>The most bytes of entries on one page, uncompressed.</summary>
    public const int MostEntryBytes = 1 << 22;

    /// <param name="sourceName">The name of a single file; empty for a directory.</param>
    public static byte[] Begin(int pieceSize, bool sourceIsFile, ReadOnlySpan<byte> sourceName)
    {
        var writer = new WireWriter();
        writer.Varint(pieceSize);
        writer.Flag(sourceIsFile);
        writer.Bytes(sourceName);
        return writer.Written.ToArray();
    }

    /// <summary>Makes a page of entries, compressed if that makes it shorter.</summary>
    public static byte[] Entries(IReadOnlyList<ManifestEntry> entries)
    {
        var plain = new WireWriter();
        plain.Varint(entries.Count);
        ReadOnlySpan<byte> last = [];
        foreach (var entry in entries)
        {
            EntryCodec.Write(plain, entry, last);
            last = entry.Path.Bytes;
        }

        return Pack(plain);
    }

    /// <param name="paths">The paths, at most <see cref="MostEntries"/>.</param>
    public static byte[] Skipped(IReadOnlyCollection<RelativePath> paths)
    {
        var plain = new WireWriter();
        plain.Varint(paths.Count);
        ReadOnlySpan<byte> last = [];
        foreach (var path in paths)
        {
            PathCodec.Write(plain, path, last);
            last = path.Bytes;
        }

        return Pack(plain);
    }

    private static byte[] Pack(WireWriter plain)
    {
        var writer = new WireWriter();
        writer.Varint(plain.Length);
        byte[] packed = new byte[plain.Length];
        writer.Raw(BrotliEncoder.TryCompress(plain.Written, packed, out int length, quality: 3, window: 18) && length < plain.Length
            ? packed.AsSpan(0, length)
            : plain.Written);
        return writer.Written.ToArray();
    }

    public static byte[] Manifest(bool isWhole)
    {
        var writer = new WireWriter();
        writer.Flag(isWhole);
        return writer.Written.ToArray();
    }

    public static byte[] Withdrawn(int entry, Withdrawal reason)
    {
        var writer = new WireWriter();
        writer.Varint(entry);
        writer.Byte((byte)reason);
        return writer.Written.ToArray();
    }

    /// <summary>Applies a page. Call under the inventory's lock.</summary>
    /// <exception cref="WireException">The page is not valid after the previous pages.</exception>
    /// <exception cref="LedgerConflictException">The page contradicts an earlier page.</exception>
    public static void Apply(PieceInventory inventory, int signer, LedgerKind kind, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        switch (kind)
        {
            case LedgerKind.Begin: ReadBegin(inventory, ref reader); break;
            case LedgerKind.Entries: foreach (var entry in ReadEntries(Unpack(ref reader))) inventory.Catalog.Add(entry); break;
            case LedgerKind.Skipped: foreach (var path in ReadSkipped(Unpack(ref reader))) inventory.Skip(path); break;
            case LedgerKind.Manifest: inventory.EndManifest(reader.Flag()); break;
            case LedgerKind.Hashes: ReadHashes(inventory, reader.Rest()); break;
            case LedgerKind.Withdrawn: ReadWithdrawn(inventory, signer, ref reader); break;
        }

        reader.End();
    }

    /// <summary>
    /// Reads the first page. The name of a single file becomes a component of paths on targets, so it must be a single component.
    /// A directory has no name here.
    /// </summary>
    private static void ReadBegin(PieceInventory inventory, ref WireReader reader)
    {
        int pieceSize = reader.Count();
        bool sourceIsFile = reader.Flag();
        var name = reader.Bytes(RelativePath.LongestName);
        if (sourceIsFile ? !RelativePath.IsName(name) : !name.IsEmpty) throw new WireException("the name of SRC is not the name of a file");
        inventory.Begin(pieceSize, sourceIsFile, name.ToArray());
    }

    private static ReadOnlySpan<byte> Unpack(ref WireReader reader)
    {
        int length = reader.Count(MostEntryBytes);
        var packed = reader.Rest();
        if (packed.Length == length) return packed;
        byte[] bytes = new byte[length];
        if (!BrotliDecoder.TryDecompress(packed, bytes, out int written) || written != length) throw new WireException("a page of the manifest can't be unpacked");
        return bytes;
    }

    private static List<RelativePath> ReadSkipped(ReadOnlySpan<byte> plain)
    {
        var reader = new WireReader(plain);
        var paths = new List<RelativePath>();
        ReadOnlySpan<byte> last = [];
        for (int left = reader.Items(PathCodec.LeastSize, MostEntries); left > 0; left--)
        {
            paths.Add(PathCodec.Read(ref reader, last));
            last = paths[^1].Bytes;
        }

        reader.End();
        return paths;
    }

    /// <summary>Reads all entries before any of them is applied.</summary>
    private static List<ManifestEntry> ReadEntries(ReadOnlySpan<byte> plain)
    {
        var reader = new WireReader(plain);
        var entries = new List<ManifestEntry>();
        ReadOnlySpan<byte> last = [];
        for (int left = reader.Items(EntryCodec.LeastSize, MostEntries); left > 0; left--)
        {
            entries.Add(EntryCodec.Read(ref reader, last));
            last = entries[^1].Path.Bytes;
        }

        reader.End();
        return entries;
    }

    /// <summary>Checks all hashes before any of them is applied.</summary>
    private static void ReadHashes(PieceInventory inventory, ReadOnlySpan<byte> body)
    {
        ReadHashes(inventory, body, (piece, hash) => Check(inventory, piece, hash));
        ReadHashes(inventory, body, inventory.SetHash);
    }

    private static void ReadHashes(PieceInventory inventory, ReadOnlySpan<byte> body, HashTaker take)
    {
        var reader = new WireReader(body);
        while (!reader.IsAtEnd)
        {
            int first = reader.Count(), count = reader.Count(reader.Left / Catalog.HashSize);
            if (first + (long)count > inventory.Catalog.Pieces) throw new WireException("a hash is for a piece that there is not");
            for (int piece = first; piece < first + count; piece++) take(piece, reader.Raw(Catalog.HashSize));
        }
    }

    /// <summary>Checks that a hash does not contradict a known one. A known hash never changes, because hosts have accepted pieces by it.</summary>
    private static void Check(PieceInventory inventory, int piece, ReadOnlySpan<byte> hash)
    {
        if (inventory.Catalog.Hashed.Contains(piece) && !hash.SequenceEqual(inventory.Catalog.HashOf(piece)))
            throw new LedgerConflictException($"a hash of {inventory.Catalog.Entries[inventory.Catalog.EntryOf(piece)].Path} differs from the one that is known");
    }

    private delegate void HashTaker(int piece, ReadOnlySpan<byte> hash);

    /// <summary>
    /// Whether a signer may give this reason. A successor does not know what happened to files at the source; it can only say
    /// that it can't provide a file.
    /// </summary>
    private static bool MaySay(int signer, Withdrawal reason) => Enum.IsDefined(reason) && (signer == 0 || reason is Withdrawal.Unstable or Withdrawal.Unreadable);

    private static void ReadWithdrawn(PieceInventory inventory, int signer, ref WireReader reader)
    {
        int entry = reader.Count();
        var reason = (Withdrawal)reader.Byte();
        if (entry >= inventory.Catalog.Entries.Count) throw new WireException("what is withdrawn was never listed");
        if (!MaySay(signer, reason)) throw new WireException($"a file can't be withdrawn for the reason {reason} by signer {signer}");
        inventory.Withdraw(entry, reason);
    }
}
