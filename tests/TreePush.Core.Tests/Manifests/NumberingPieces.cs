using TreePush.Core.Manifests;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Manifests;

public sealed class NumberingPieces
{
    private const int Size = PieceSize.Least;

    [Fact]
    public void Pieces_are_numbered_through_in_the_order_of_entries()
    {
        var catalog = new Catalog(Size);
        foreach (long size in (long[])[0, 1, 0, 0, Size, Size + 1, 0]) catalog.Add(File(size));
        Enumerable.Range(0, 7).Select(e => catalog.PiecesOf(e)).Should().Equal(
            new(0, 0), new(0, 1), new(1, 0), new(1, 0), new(1, 1), new(2, 2), new(4, 0));
        Enumerable.Range(0, 4).Select(catalog.EntryOf).Should().Equal(1, 4, 5, 5);
        catalog.ExtentOf(5, 2).Should().Be(new PieceExtent(0, Size));
        catalog.ExtentOf(5, 3).Should().Be(new PieceExtent(Size, 1));
        (catalog.Pieces, catalog.Bytes).Should().Be((4, Size + Size + 2L));
    }

    [Fact]
    public void Every_byte_of_every_file_is_in_one_piece()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            var catalog = new Catalog(Size);
            for (int i = random.Next(40); i >= 0; i--)
                catalog.Add(random.Next(3) == 0 ? Directory() : File(random.Next(4) == 0 ? 0 : random.NextInt64(1L << random.Next(36))));
            int piece = 0;
            for (int entry = 0; entry < catalog.Entries.Count; entry++)
            {
                long end = 0;
                for (; piece < catalog.PiecesOf(entry).End; piece++)
                {
                    if (piece - catalog.PiecesOf(entry).First is > 3 and var at && piece < catalog.PiecesOf(entry).End - 2) (piece, end) = Skip(catalog, entry);
                    catalog.EntryOf(piece).Should().Be(entry);
                    var extent = catalog.ExtentOf(entry, piece);
                    extent.Offset.Should().Be(end);
                    extent.Length.Should().BeGreaterThan(0);
                    end += extent.Length;
                }

                end.Should().Be(catalog.Entries[entry].Size);
            }

            piece.Should().Be(catalog.Pieces);
        }
    }

    [Theory]
    [InlineData(Size, Size, Size)]
    [InlineData(1L << 30, Size, Size)]
    [InlineData((1L << 30) + 1, Size, 2 * Size)]
    [InlineData(1L << 38, PieceSize.Usual, PieceSize.Most)]
    [InlineData(PieceSize.LargestFile, Size, PieceSize.Most)]
    public void Large_files_have_larger_pieces(long bytes, int ofRun, int expected) => PieceSize.ForFile(bytes, ofRun).Should().Be(expected);

    [Theory]
    [InlineData(0, 1, PieceSize.Least)]
    [InlineData(64L << 20, 16, PieceSize.Usual)]
    [InlineData(32L << 20, 16, 256 << 10)]
    [InlineData(17_000_000, 195, PieceSize.Least)]
    [InlineData(256L << 20, 16, PieceSize.Usual)]
    [InlineData(long.MaxValue, 1, PieceSize.Usual)]
    [InlineData(1L << 20, 0, 64 << 10)]
    public void Long_chains_and_little_data_have_small_pieces(long bytes, int hosts, int expected) => PieceSize.ForRun(bytes, hosts).Should().Be(expected);

    [Fact]
    public void Largest_file_has_as_many_pieces_as_there_can_be_and_nothing_fits_beside_it()
    {
        var catalog = new Catalog(Size);
        catalog.Add(File(PieceSize.LargestFile));
        catalog.Pieces.Should().Be(PieceRange.MostPieces);
        catalog.ExtentOf(0, catalog.Pieces - 1).Should().Be(new PieceExtent(PieceSize.LargestFile - PieceSize.Most, PieceSize.Most));
        catalog.Invoking(c => c.Add(File(1))).Should().Throw<WireException>();
        catalog.Add(File(0)).Should().Be(1);
    }

    [Fact]
    public void Withdrawn_entry_keeps_its_number_and_no_longer_counts()
    {
        var catalog = new Catalog(Size);
        catalog.Add(File(10));
        catalog.Add(File(20));
        (catalog.Withdraw(0), catalog.Withdraw(0)).Should().Be((true, false));
        (catalog.Bytes, catalog.Pieces, catalog.IsWithdrawn(0), catalog.IsWithdrawn(1)).Should().Be((20, 2, true, false));
        catalog.PiecesOf(1).Should().Be(new PieceRange(1, 1));
    }

    [Fact]
    public void Hashes_are_kept_by_piece()
    {
        var catalog = new Catalog(Size);
        catalog.Add(File(1000L * Size));
        byte[] hash = [.. Enumerable.Range(1, Catalog.HashSize).Select(b => (byte)b)];
        catalog.SetHash(999, hash);
        catalog.SetHash(0, new byte[Catalog.HashSize]);
        catalog.HashOf(999).ToArray().Should().Equal(hash);
        catalog.Hashed.ToRanges().Should().Equal(new PieceRange(0, 1), new PieceRange(999, 1));
    }

    /// <summary>To the last pieces of an entry.</summary>
    private static (int Piece, long Offset) Skip(Catalog catalog, int entry)
    {
        int piece = (int)catalog.PiecesOf(entry).End - 2;
        return (piece, catalog.ExtentOf(entry, piece).Offset);
    }

    private static ManifestEntry File(long size) => new(RelativePath.Of("f"), EntryKind.File, 0, 0, size);

    private static ManifestEntry Directory() => new(RelativePath.Of("d"), EntryKind.Directory, 0, 0, 0);
}
