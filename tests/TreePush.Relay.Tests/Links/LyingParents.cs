using System.Text;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;

namespace TreePush.Relay.Tests.Links;

/// <summary>Whatever a parent says that is not so ends the link with the reason, and nothing of it is written.</summary>
public sealed class LyingParents : IDisposable
{
    private readonly SmallLedger _ledger = new();
    private readonly RelayIdentity _other = new();

    [Fact]
    public void Honest_parent_brings_the_file()
    {
        using var child = new Child(_ledger).Knowing(_ledger.Pages);
        child.Hear(_ledger.Everything()).Fault.Should().Be(LinkFault.Closed);
        child.FilesThere.Should().Equal("f");
        child.Read("f").Should().Equal(_ledger.Content);
    }

    [Theory]
    [InlineData("by another key")]
    [InlineData("for another run")]
    [InlineData("with another body")]
    [InlineData("with another kind")]
    [InlineData("by nobody")]
    [InlineData("by a signer nobody named")]
    public void Page_that_the_source_has_not_signed_is_refused(string how)
    {
        byte[] body = Page.Manifest(isWhole: true), page = _ledger.Sign(4, LedgerKind.Manifest, body);
        int kindAt = 2;
        switch (how)
        {
            case "by another key": page = _ledger.Sign(4, LedgerKind.Manifest, body, by: _other); break;
            case "for another run": page = _ledger.Sign(4, LedgerKind.Manifest, body, run: new byte[16]); break;
            case "with another body": page[^1] ^= 1; break;
            case "with another kind": page[kindAt] = (byte)LedgerKind.Withdrawn; break;
            case "by nobody": page.AsSpan(kindAt + 1, LedgerFrame.SignatureSize).Clear(); break;
            default: page = _ledger.Sign(0, LedgerKind.Hashes, body, signer: 0); page[1] = 4; break;
        }

        Refused("*not what the source signed*", SmallLedger.FrameOf(FrameType.Ledger, page));
    }

    [Fact]
    public void Page_that_leaves_one_out_is_refused() =>
        Refused("*missing*", SmallLedger.FrameOf(FrameType.Ledger, _ledger.Sign(5, LedgerKind.Manifest, Page.Manifest(true))));

    [Fact]
    public void Page_that_is_known_is_passed_over_whatever_it_says()
    {
        using var child = new Child(_ledger).Knowing(_ledger.Pages);
        child.Hear(SmallLedger.FrameOf(FrameType.Ledger, _ledger.Sign(1, LedgerKind.Begin, [], by: _other))).Fault.Should().Be(LinkFault.Closed);
    }

    [Fact]
    public void Successor_lists_no_entries()
    {
        using var child = new Child(_ledger, _other).Knowing(_ledger.Pages);
        byte[] page = _ledger.Sign(0, LedgerKind.Entries, Page.Entries([_ledger.Entry]), signer: 1, by: _other);
        var end = child.Hear(SmallLedger.FrameOf(FrameType.Ledger, page));
        (end.Fault, end.Message).Should().Be((LinkFault.Corrupt, "a successor writes no page of Entries"));
        child.PieceInventory.Catalog.Entries.Should().HaveCount(1);
    }

    [Fact]
    public void Hash_that_the_source_has_signed_is_not_overwritten_by_a_successor()
    {
        using var child = new Child(_ledger, _other).Knowing(_ledger.Pages);
        byte[] known = [.. child.PieceInventory.Catalog.HashOf(1)], body = _ledger.HashesPage(0, 1);
        body[^1] ^= 1;
        var end = child.Hear(SmallLedger.FrameOf(FrameType.Ledger, _ledger.Sign(0, LedgerKind.Hashes, body, signer: 1, by: _other)));
        (end.Fault, end.Message).Should().Be((LinkFault.Corrupt, "a hash of f differs from the one that is known"));
        child.PieceInventory.Catalog.HashOf(1).ToArray().Should().Equal(known);
        child.PieceInventory.Ledger.CountOf(1).Should().Be(0, "the page does not count");
    }

    [Fact]
    public void Successor_that_hashes_what_the_source_has_hashed_may_agree_with_it()
    {
        using var child = new Child(_ledger, _other).Knowing(_ledger.Pages);
        byte[] page = _ledger.Sign(0, LedgerKind.Hashes, _ledger.HashesPage(0, 1, 2), signer: 1, by: _other);
        child.Hear(SmallLedger.FrameOf(FrameType.Ledger, page), Pieces()).Fault.Should().Be(LinkFault.Closed);
        child.Read("f").Should().Equal(_ledger.Content);
    }

    [Theory]
    [InlineData(Withdrawal.Vanished, LinkFault.Corrupt)]
    [InlineData(Withdrawal.Changed, LinkFault.Corrupt)]
    [InlineData(Withdrawal.Unstable, LinkFault.Closed)]
    [InlineData(Withdrawal.Unreadable, LinkFault.Closed)]
    public void Successor_says_of_no_file_that_it_is_gone_at_the_source(Withdrawal reason, LinkFault end)
    {
        using var child = new Child(_ledger, _other).Knowing(_ledger.Pages);
        byte[] page = _ledger.Sign(0, LedgerKind.Withdrawn, Page.Withdrawn(0, reason), signer: 1, by: _other);
        child.Hear(SmallLedger.FrameOf(FrameType.Ledger, page)).Fault.Should().Be(end);
        child.PieceInventory.Withdrawn.Should().HaveCount(end == LinkFault.Closed ? 1 : 0);
    }

    [Fact]
    public void Successor_goes_on_with_hashes()
    {
        using var child = new Child(_ledger, _other).Knowing(_ledger.Pages[..3]);
        byte[] page = _ledger.Sign(0, LedgerKind.Hashes, _ledger.HashesPage(0, 1, 2), signer: 1, by: _other);
        child.Hear(SmallLedger.FrameOf(FrameType.Ledger, page), Pieces()).Fault.Should().Be(LinkFault.Closed);
        child.Read("f").Should().Equal(_ledger.Content);
    }

    [Theory]
    [InlineData(LedgerKind.Begin, "00" + "00" + "00")]
    [InlineData(LedgerKind.Begin, "8080" + "01" + "00" + "00")]
    [InlineData(LedgerKind.Entries, "ffffff7f")]
    [InlineData(LedgerKind.Entries, "05" + "ff")]
    [InlineData(LedgerKind.Hashes, "03" + "01" + "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(LedgerKind.Hashes, "00" + "02" + "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(LedgerKind.Withdrawn, "01" + "01")]
    [InlineData(LedgerKind.Withdrawn, "00" + "09")]
    [InlineData(LedgerKind.Manifest, "02")]
    [InlineData(LedgerKind.Manifest, "0100")]
    public void Page_that_makes_no_sense_is_refused_even_with_the_right_signature(LedgerKind kind, string body) =>
        Refused("*", SmallLedger.FrameOf(FrameType.Ledger, _ledger.Sign(4, kind, Convert.FromHexString(body))));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("../../pwned")]
    [InlineData("/pwned")]
    [InlineData("a\0b")]
    public void Name_of_a_single_file_that_is_no_component_is_refused(string name)
    {
        using var child = new Child(_ledger);
        byte[] begin = _ledger.Sign(0, LedgerKind.Begin, Page.Begin(SmallLedger.Size, sourceIsFile: true, Encoding.UTF8.GetBytes(name)));
        var end = child.Hear(SmallLedger.FrameOf(FrameType.Ledger, begin));
        (end.Fault, end.Message).Should().Be((LinkFault.Corrupt, "the name of SRC is not the name of a file"));
        child.PieceInventory.HasBegun.Should().BeFalse();
    }

    [Fact]
    public void Directory_as_source_has_no_name_on_the_wire()
    {
        using var child = new Child(_ledger);
        child.Hear(SmallLedger.FrameOf(FrameType.Ledger, _ledger.Sign(0, LedgerKind.Begin, Page.Begin(SmallLedger.Size, sourceIsFile: false, "d"u8)))).Fault.Should().Be(LinkFault.Corrupt);
        child.PieceInventory.HasBegun.Should().BeFalse();
    }

    [Fact]
    public void Piece_before_its_hash_is_refused()
    {
        using var child = new Child(_ledger).Knowing(_ledger.Pages[..3]);
        var end = child.Hear(Pieces());
        (end.Fault, end.Message).Should().Be((LinkFault.Corrupt, "received a piece before its hash"));
        child.FilesThere.Should().BeEmpty();
    }

    [Fact]
    public void Piece_that_is_not_what_was_hashed_is_refused()
    {
        byte[] wrong = _ledger.Piece(1);
        wrong[^1] ^= 1;
        Refused("a piece of f is not*", SmallLedger.FrameOfPiece(1, PieceCoding.Raw, wrong));
        Refused("a piece of f is not*", SmallLedger.FrameOfPiece(1, PieceCoding.Raw, _ledger.Piece(0)));
        Refused("a piece of f is not*", SmallLedger.FrameOfPiece(1, PieceCoding.Zero, []));
    }

    [Fact]
    public void Piece_that_cannot_be_unpacked_to_its_length_is_refused()
    {
        Refused("*decompressed*", SmallLedger.FrameOfPiece(1, PieceCoding.Raw, _ledger.Piece(1)[1..]));
        Refused("*decompressed*", SmallLedger.FrameOfPiece(1, PieceCoding.Raw, [.. _ledger.Piece(1), 0]));
        Refused("*decompressed*", SmallLedger.FrameOfPiece(1, PieceCoding.Zero, [0]));
        Refused("*decompressed*", SmallLedger.FrameOfPiece(1, PieceCoding.Brotli, _ledger.Piece(1)));
        Refused("*decompressed*", SmallLedger.FrameOfPiece(1, PieceCoding.Brotli, Packed(10_000_000)));
        Refused("*no way to code*", SmallLedger.FrameOfPiece(1, (PieceCoding)3, []));
    }

    [Fact]
    public void Piece_that_there_is_not_is_refused() => Refused("*not in the manifest*", SmallLedger.FrameOfPiece(3, PieceCoding.Raw, []));

    [Theory]
    [InlineData("ffffffff53", LinkFault.Corrupt, "*not possible*")]
    [InlineData("0000000053", LinkFault.Corrupt, "*not possible*")]
    [InlineData("0000000163", LinkFault.Corrupt, "*nothing that a parent says*")]
    [InlineData("0000000141", LinkFault.Corrupt, "*nothing that a parent says*")]
    [InlineData("000000020000", LinkFault.Corrupt, "*nothing that a parent says*")]
    [InlineData("0000000153", LinkFault.Corrupt, "*")]
    [InlineData("0000000152", LinkFault.Corrupt, "*")]
    [InlineData("0000000254ff", LinkFault.Corrupt, "*")]
    [InlineData("000000055403627965", LinkFault.Closed, "bye")]
    [InlineData("0040000053000000", LinkFault.Closed, "*connection was closed*")]
    [InlineData("0000", LinkFault.Closed, "*connection was closed*")]
    public void Frame_that_is_none_ends_the_link_with_the_reason(string hex, LinkFault fault, string reason)
    {
        using var child = new Child(_ledger).Knowing(_ledger.Pages);
        var end = child.Hear(Convert.FromHexString(hex));
        end.Fault.Should().Be(fault);
        end.Message.Should().Match(reason);
        child.FilesThere.Should().BeEmpty();
    }

    [Fact]
    public void Text_of_another_protocol_ends_the_link()
    {
        using var child = new Child(_ledger).Knowing(_ledger.Pages);
        child.Hear(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n")).Fault.Should().Be(LinkFault.Corrupt);
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _other.Dispose();
    }

    private byte[] Pieces() => [.. Enumerable.Range(0, 3).SelectMany(p => SmallLedger.FrameOfPiece(p, PieceCoding.Raw, _ledger.Piece(p)))];

    private void Refused(string reason, byte[] frame)
    {
        using var child = new Child(_ledger).Knowing(_ledger.Pages);
        var end = child.Hear(frame, Pieces());
        end.Fault.Should().Be(LinkFault.Corrupt);
        end.Message.Should().Match(reason);
        child.FilesThere.Should().BeEmpty();
        (child.PieceInventory.Here.IsEmpty, child.PieceInventory.Ledger.CountOf(0)).Should().Be((true, 4));
    }

    private static byte[] Packed(int zeros)
    {
        byte[] packed = new byte[1000];
        System.IO.Compression.BrotliEncoder.TryCompress(new byte[zeros], packed, out int length).Should().BeTrue();
        return packed[..length];
    }
}
