using System.Security.Cryptography;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Wire;

public sealed class FramesOnTheWire
{
    [Theory]
    [InlineData(0, "0000000153")]
    [InlineData(255, "0000010053")]
    [InlineData(Frame.MostPayload, "0041000153")]
    public void Length_counts_the_type(int payload, string hex)
    {
        byte[] header = new byte[Frame.HeaderSize];
        Frame.WriteHeader(header, FrameType.Piece, payload);
        Convert.ToHexStringLower(header).Should().Be(hex);
        Frame.ReadHeader(header).Should().Be((FrameType.Piece, payload));
    }

    [Theory]
    [InlineData("0000000053")]
    [InlineData("0041000253")]
    [InlineData("ffffffff53")]
    public void Length_that_no_frame_has_is_refused(string hex) =>
        FluentActions.Invoking(() => Frame.ReadHeader(Convert.FromHexString(hex))).Should().Throw<WireException>();

    [Theory]
    [InlineData(0, PieceCoding.Raw, "0000")]
    [InlineData(127, PieceCoding.Zero, "7f01")]
    [InlineData(128, PieceCoding.Brotli, "800102")]
    [InlineData(PieceRange.MostPieces - 1, PieceCoding.Raw, "ffffffff0300")]
    public void Piece_begins_with_its_number_and_coding(int piece, PieceCoding coding, string hex)
    {
        byte[] header = new byte[PieceFrame.MostHeader];
        int length = PieceFrame.WriteHeader(header, piece, coding);
        Convert.ToHexStringLower(header.AsSpan(0, length)).Should().Be(hex);
        PieceFrame.ReadHeader(header.AsSpan(0, length)).Should().Be((piece, coding, length));
    }

    [Fact]
    public void Page_that_was_written_is_read_as_it_was()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var any = new AnyMessage(random);
            var page = new LedgerFrame(random.Next(LedgerFrame.MostSigners), random.NextInt64(), random.GetItems(Enum.GetValues<LedgerKind>(), 1)[0],
                any.Bytes(LedgerFrame.SignatureSize), any.Bytes(random.Next(500)));
            var writer = new WireWriter();
            page.Write(writer);
            var read = LedgerFrame.Read(writer.Written.ToArray());
            (read.Signer, read.Number, read.Kind).Should().Be((page.Signer, page.Number, page.Kind));
            read.Signature.ToArray().Should().Equal(page.Signature.ToArray());
            read.Body.ToArray().Should().Equal(page.Body.ToArray());
        }
    }

    [Fact]
    public void Signed_are_run_signer_number_kind_and_body()
    {
        byte[] run = new byte[16], body = [7, 8];
        byte[] text = [.. "treepush ledger 1\n"u8, .. run, 1, 0xAC, 0x02, 4, 7, 8];
        byte[] digest = LedgerFrame.Digest(run, signer: 1, number: 300, LedgerKind.Hashes, body);
        digest.Should().Equal(SHA256.HashData(text));
        byte[][] others =
        [
            LedgerFrame.Digest([.. run[..15], 1], 1, 300, LedgerKind.Hashes, body), LedgerFrame.Digest(run, 0, 300, LedgerKind.Hashes, body),
            LedgerFrame.Digest(run, 1, 301, LedgerKind.Hashes, body), LedgerFrame.Digest(run, 1, 300, LedgerKind.Entries, body),
            LedgerFrame.Digest(run, 1, 300, LedgerKind.Hashes, [7, 9]),
        ];
        others.Should().NotContain(o => o.SequenceEqual(digest));
    }

    [Fact]
    public void Token_is_good_for_its_secret_and_link_alone()
    {
        byte[] secret = new byte[LinkToken.SecretSize], other = [.. secret[..31], 1];
        byte[] token = LinkToken.Make(secret, link: 7);
        token.Should().Equal(HMACSHA256.HashData(secret, (byte[])[.. "treepush-link"u8, 0, 0, 0, 7]));
        LinkToken.IsValid(secret, 7, token).Should().BeTrue();
        LinkToken.IsValid(secret, 8, token).Should().BeFalse();
        LinkToken.IsValid(other, 7, token).Should().BeFalse();
        LinkToken.IsValid(secret, 7, token.AsSpan(1)).Should().BeFalse();
        LinkToken.IsValid(secret, 7, []).Should().BeFalse();
    }
}
