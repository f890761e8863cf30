using TreePush.Relay.Pieces;
using TreePush.Relay.Targets;
using TreePush.Relay.Tests.Files;
using TreePush.Relay.Tests.Links;

namespace TreePush.Relay.Tests.Targets;

/// <summary>Files of which something may be here already, and files that are being put together.</summary>
public sealed class CheckingWhatIsThere : IDisposable
{
    private readonly Workplace _place = new();
    private readonly SmallLedger _ledger = new();
    private readonly FilesUnderWay _underWay;
    private readonly List<int> _needed = [];

    public CheckingWhatIsThere()
    {
        var tree = _place.OpenTarget();
        _ledger.PieceInventory.Lose(_ledger.PieceInventory.Catalog.PiecesOf(0));
        _underWay = new FilesUnderWay(tree, _ledger.PieceInventory);
    }

    [Fact]
    public void Right_file_is_left_as_it_is()
    {
        Write("f", _ledger.Content);
        Check(isPartial: false).Should().BeTrue();
        _needed.Should().BeEmpty();
        Directory.GetFiles(_place.Target).Should().HaveCount(1);
    }

    [Fact]
    public void Of_a_wrong_file_only_the_wrong_pieces_are_needed()
    {
        byte[] wrong = [.. _ledger.Content];
        wrong[SmallLedger.Size] ^= 1;
        Write("f", wrong);
        Check(isPartial: false).Should().BeFalse();
        _needed.Should().Equal(1);
        File.ReadAllBytes(_place["target/f"]).Should().Equal(wrong, "it stays until it is whole");
    }

    [Fact]
    public void What_may_only_be_looked_at_is_not_begun()
    {
        Write("f", new byte[_ledger.Content.Length]);
        Check(isPartial: false, mayWrite: false).Should().BeFalse();
        _needed.Should().BeEmpty();
        Directory.GetFiles(_place.Target).Should().HaveCount(1);
    }

    [Fact]
    public void Of_what_an_earlier_run_left_only_what_is_missing_is_needed()
    {
        Write(".f.treepush-part", [.. _ledger.Content[..SmallLedger.Size], .. new byte[SmallLedger.Size]]);
        Check(isPartial: true);
        _needed.Should().Equal(1, 2);
        _ledger.PieceInventory.Here.Contains(0).Should().BeTrue();
    }

    [Fact]
    public void Whole_file_under_the_temporary_name_gets_its_own()
    {
        Write(".f.treepush-part", _ledger.Content);
        Check(isPartial: true);
        _needed.Should().BeEmpty();
        Directory.GetFiles(_place.Target).Select(Path.GetFileName).Should().Equal("f");
    }

    [Fact]
    public void File_that_was_taken_back_leaves_nothing()
    {
        _underWay.Of(0, _ledger.Entry, keep: false).Write(0, "1"u8);
        _underWay.Drop(0);
        _underWay.Name(0).Should().BeFalse();
        Directory.GetFiles(_place.Target).Should().BeEmpty();
    }

    [Fact]
    public void File_that_is_listed_anew_takes_the_place_of_what_is_under_way_of_it()
    {
        _ledger.ListAgain();
        var first = _underWay.Of(0, _ledger.Entry, keep: false);
        first.Write(0, _ledger.Piece(0));
        var second = _underWay.Of(1, _ledger.Entry, keep: false);
        for (int piece = 0; piece < 3; piece++) second.Write(piece * SmallLedger.Size, _ledger.Piece(piece));
        _underWay.Invoking(u => u.Of(0, _ledger.Entry, keep: false)).Should().Throw<ObjectDisposedException>("a piece of it that comes late is for nothing");
        _underWay.Drop(0);
        _underWay.Name(1).Should().BeTrue();
        File.ReadAllBytes(_place["target/f"]).Should().Equal(_ledger.Content);
        Directory.GetFiles(_place.Target).Should().HaveCount(1);
    }

    [Fact]
    public void What_is_left_at_the_end_stays_for_a_later_run_and_is_not_begun_anew()
    {
        _underWay.Of(0, _ledger.Entry, keep: false).Write(0, _ledger.Piece(0));
        lock (_ledger.PieceInventory.Gate) _ledger.PieceInventory.AddHere(0);
        _underWay.AbandonAll();
        _underWay.Invoking(u => u.Of(0, _ledger.Entry, keep: false)).Should().Throw<ObjectDisposedException>();
        File.ReadAllBytes(_place["target/.f.treepush-part"])[..SmallLedger.Size].Should().Equal(_ledger.Piece(0));
    }

    [Fact]
    public void Temporary_with_nothing_in_it_is_removed_at_the_end()
    {
        _underWay.Of(0, _ledger.Entry, keep: false);
        _underWay.AbandonAll();
        Directory.GetFiles(_place.Target).Should().BeEmpty();
    }

    public void Dispose()
    {
        _underWay.AbandonAll();
        _place.Dispose();
        _ledger.Dispose();
    }

    private void Write(string name, byte[] content)
    {
        _place.Make("target");
        File.WriteAllBytes(Path.Combine(_place.Target, name), content);
    }

    private bool Check(bool isPartial, bool mayWrite = true)
    {
        var tree = _place.OpenTarget();
        var underWay = new FilesUnderWay(tree, _ledger.PieceInventory);
        var receiver = new Receiver(_ledger.PieceInventory, new FreshPieces(), underWay, new PathFailures(_ => { }, () => false), _ => { });
        bool right = new Checker(_ledger.PieceInventory, tree, underWay, receiver, _needed.Add).Check(new Candidate(0, isPartial), mayWrite);
        underWay.AbandonAll();
        return right;
    }
}
