using TreePush.Core.Manifests;
using TreePush.Relay.Files;
using TreePush.Relay.Pieces;
using TreePush.Relay.Targets;
using TreePush.Relay.Tests.Files;
using TreePush.Relay.Tests.Links;

namespace TreePush.Relay.Tests.Targets;

/// <summary>A file of three pieces whose place is taken, or whose directory lets nothing in.</summary>
public sealed class FilesThatCannotBeWritten : IDisposable
{
    private readonly SmallLedger _ledger = new();
    private readonly Workplace _place = new();
    private readonly List<FileFault> _told = [];
    private readonly List<string> _lacking = [];
    private readonly PathFailures _failures;
    private readonly FilesUnderWay _underWay;
    private readonly Receiver _receiver;

    public FilesThatCannotBeWritten()
    {
        _failures = new PathFailures(_told.Add, () => false);
        var tree = _place.OpenTarget();
        _underWay = new FilesUnderWay(tree, _ledger.PieceInventory);
        _receiver = new Receiver(_ledger.PieceInventory, new FreshPieces(), _underWay, _failures, e => _lacking.Add($"{e.Path}"));
        lock (_ledger.PieceInventory.Gate)
        {
            _ledger.PieceInventory.Lose(_ledger.PieceInventory.Catalog.PiecesOf(0));
            for (int piece = 0; piece < 3; piece++) _receiver.AddNeed(piece);
        }
    }

    [Fact]
    public void File_that_gets_no_name_is_served_to_the_end_and_then_removed()
    {
        _place.Write("target/f/in the way");
        TakeAll();
        _failures.Summary().Should().StartWith("1 path failed, f: a directory is in its place");
        _receiver.Need.IsEmpty.Should().BeTrue("nothing is waited for any more");
        _lacking.Should().BeEmpty();
        var read = new byte[SmallLedger.Size];
        _underWay.TryRead(0, _ledger.PieceInventory.Catalog.ExtentOf(0, 1), read).Should().BeTrue();
        read.Should().Equal(_ledger.Piece(1));
        _ledger.PieceInventory.Servable.Contains(2).Should().BeTrue();
        _underWay.AbandonAll();
        Directory.GetFiles(_place.Target).Should().BeEmpty();
    }

    [FactAsRoot]
    public void File_that_can_not_even_be_begun_is_given_up_and_this_host_is_no_parent()
    {
        _place.Write("target/.f.treepush-part/in the way");
        Machine.Shell("chmod 755 \"$1\" \"$1/target\"", _place.Directory);
        Machine.AsNobody(TakeAll);
        _told.Should().ContainSingle().Which.Kind.Should().Be(FileFaultKind.Permission);
        _receiver.Need.IsEmpty.Should().BeTrue();
        _lacking.Should().NotBeEmpty().And.OnlyContain(p => p == "f");
        _ledger.PieceInventory.Servable.Contains(0).Should().BeFalse();
    }

    [Fact]
    public void Failures_are_told_up_to_a_limit_and_counted_beyond()
    {
        for (int i = 0; i < 1000; i++) _failures.Add(FileFault.Of(RelativePath.Of($"f{i / 2}"), "write", 5));
        _told.Should().HaveCount(101);
        _told[^1].Text.Should().Contain("100 were");
        _failures.Summary().Should().Be("500 paths failed, the first was f0: can't write: Input/output error");
    }

    [Fact]
    public void What_every_path_would_meet_ends_the_host()
    {
        const int NoSpace = 28, ReadOnly = 30;
        foreach (var fault in (FileFault[])[FileFault.Of(RelativePath.Of("f"), "write", NoSpace), FileFault.Of(RelativePath.Root, "make DEST", 13)])
            _failures.Invoking(f => f.Add(fault)).Should().Throw<RelayFaultException>();
        _failures.Add(FileFault.Of(RelativePath.Of("mount/f"), "write", ReadOnly));
        new PathFailures(_ => { }, () => true).Invoking(f => f.Add(FileFault.Of(RelativePath.Of("f"), "write", ReadOnly))).Should().Throw<RelayFaultException>();
    }

    public void Dispose()
    {
        _underWay.AbandonAll();
        _place.Dispose();
        _ledger.Dispose();
    }

    private void TakeAll()
    {
        for (int piece = 0; piece < 3; piece++) _receiver.TakeOwn(piece, _ledger.Piece(piece), isWritten: false);
    }
}
