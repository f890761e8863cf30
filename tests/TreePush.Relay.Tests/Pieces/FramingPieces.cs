using System.IO.Compression;
using System.Security.Cryptography;
using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Tests.Pieces;

public sealed class FramingPieces : IContent
{
    private const int Size = PieceSize.Least;

    private readonly PieceInventory _inventory = new();
    private byte[] _content = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Zeros_are_named_and_not_sent(bool compress)
    {
        _content = new byte[Size];
        var frame = Frame(compress);
        (frame.Coding, frame.Content.Length).Should().Be((PieceCoding.Zero, 0));
    }

    [Fact]
    public void What_can_be_compressed_is()
    {
        _content = [.. Enumerable.Range(0, Size).Select(i => (byte)(i % 7))];
        var frame = Frame(compress: true);
        frame.Coding.Should().Be(PieceCoding.Brotli);
        byte[] plain = new byte[Size];
        BrotliDecoder.TryDecompress(frame.Content, plain, out int length).Should().BeTrue();
        plain[..length].Should().Equal(_content);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void What_cannot_be_compressed_or_must_not_travels_as_it_is(bool compress, bool random)
    {
        _content = [.. Enumerable.Repeat((byte)1, Size)];
        if (random) new Random(1).NextBytes(_content);
        var frame = Frame(compress);
        frame.Coding.Should().Be(PieceCoding.Raw);
        frame.Content.Should().Equal(_content);
    }

    [Fact]
    public void What_is_not_what_was_hashed_gets_no_frame()
    {
        _content = new byte[Size];
        Frame(compress: false);
        _content[^1] = 1;
        Encoder(compress: false).Encode(0).Should().BeNull();
        _content = [];
        Encoder(compress: false).Encode(0).Should().BeNull();
    }

    [Fact]
    public void Last_pieces_are_kept_and_older_ones_make_room()
    {
        var (fresh, pool) = (new FreshPieces(), new PieceBufferPool());
        for (int piece = 0; piece < 100; piece++)
        {
            var buffer = pool.Rent(100_000);
            buffer.Length = 100_000;
            fresh.Add(piece, buffer);
            buffer.Release();
        }

        Enumerable.Range(0, 100).Where(p => fresh.Take(p) is not null).Should().Equal(Enumerable.Range(80, 20));
    }

    public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes)
    {
        if (_content.Length < extent.Offset + extent.Length) return false;
        _content.AsSpan((int)extent.Offset, extent.Length).CopyTo(bytes);
        return true;
    }

    private PieceEncoder Encoder(bool compress) => new(_inventory, this, new PieceBufferPool(), compress);

    private (PieceCoding Coding, byte[] Content) Frame(bool compress)
    {
        _inventory.Begin(Size, sourceIsFile: false, []);
        _inventory.Catalog.Add(new ManifestEntry(RelativePath.Of("f"), EntryKind.File, 0, 0, _content.Length));
        _inventory.SetHash(0, SHA256.HashData(_content));
        byte[] frame = Encoder(compress).Encode(0)!.Frame.ToArray();
        Core.Wire.Frame.ReadHeader(frame).Should().Be((FrameType.Piece, frame.Length - Core.Wire.Frame.HeaderSize));
        var (piece, coding, at) = PieceFrame.ReadHeader(frame.AsSpan(Core.Wire.Frame.HeaderSize));
        piece.Should().Be(0);
        return (coding, frame[(Core.Wire.Frame.HeaderSize + at)..]);
    }
}
