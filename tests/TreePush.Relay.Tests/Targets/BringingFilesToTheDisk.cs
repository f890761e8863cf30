using TreePush.Core.Wire;
using TreePush.Relay.Files;
using TreePush.Relay.Files.Native;
using TreePush.Relay.Pieces;
using TreePush.Relay.Targets;
using TreePush.Relay.Tests.Files;
using TreePush.Relay.Tests.Links;

namespace TreePush.Relay.Tests.Targets;

/// <summary>What a crash may find: the order in which a file is written, flushed and named, by the calls that reach the kernel.</summary>
public sealed class BringingFilesToTheDisk : IDisposable
{
    private const int InputOutput = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SmallLedger _ledger = new();
    private readonly Workplace _place = new();
    private readonly TargetTree _tree;
    private readonly PathFailures _failures = new(_ => { }, () => false);
    private readonly List<string> _lacking = [];
    private readonly FilesUnderWay _underWay;
    private readonly Receiver _receiver;
    private GroupCommit? _commit;

    public BringingFilesToTheDisk()
    {
        _place.Make("target");
        _tree = _place.OpenTarget();
        _underWay = new FilesUnderWay(_tree, _ledger.PieceInventory);
        _receiver = new Receiver(_ledger.PieceInventory, new FreshPieces(), _underWay, _failures, e => _lacking.Add($"{e.Path}"));
        lock (_ledger.PieceInventory.Gate)
        {
            _ledger.PieceInventory.Lose(_ledger.PieceInventory.Catalog.PiecesOf(0));
            for (int piece = 0; piece < 3; piece++) _receiver.AddNeed(piece);
        }
    }

    [Fact]
    public void Content_mode_and_time_are_on_the_disk_before_the_name()
    {
        using var watch = new Watchpoint(_place.Target);
        BeginCommitting();
        TakeAll();
        AwaitDone();
        string[] order = ["pwrite", "pwrite", "pwrite", "fchmod", "futimens", "fsync", "renameat"];
        watch.Calls.Select(c => c.Call).Where(order.Contains).Should().Equal(order);
        File.ReadAllBytes(_place["target/f"]).Should().Equal(_ledger.Content);
    }

    [Fact]
    public void Pieces_are_served_while_the_disk_is_slow()
    {
        using var disk = new ManualResetEventSlim();
        using var watch = new Watchpoint(_place.Target, (call, _) => call == "fsync" && !disk.Wait(Patience) ? InputOutput : 0);
        BeginCommitting();
        TakeAll();
        for (int piece = 0; piece < 3; piece++) _ledger.PieceInventory.Servable.Contains(piece).Should().BeTrue();
        var read = new byte[SmallLedger.Size];
        _underWay.TryRead(0, _ledger.PieceInventory.Catalog.ExtentOf(0, 1), read).Should().BeTrue();
        read.Should().Equal(_ledger.Piece(1));
        File.Exists(_place["target/f"]).Should().BeFalse("the disk has not said yet that it has it");
        disk.Set();
        AwaitDone();
        File.Exists(_place["target/f"]).Should().BeTrue();
    }

    [Fact]
    public void File_that_can_not_be_flushed_is_this_file_s_failure()
    {
        using var watch = new Watchpoint(_place.Target, (call, _) => call == "fsync" ? InputOutput : 0);
        BeginCommitting();
        TakeAll();
        AwaitDone();
        _failures.Summary().Should().StartWith("1 path failed, f: can't flush it to the disk: Input/output error");
        _lacking.Should().Equal("f");
        Directory.GetFiles(_place.Target).Should().BeEmpty("nobody knows what is in it");
    }

    [Fact]
    public void Disk_that_is_full_only_when_it_is_flushed_ends_the_host()
    {
        using var watch = new Watchpoint(_place.Target, (call, _) => call == "fsync" ? Errno.QuotaExceeded : 0);
        BeginCommitting();
        TakeAll();
        FluentActions.Invoking(AwaitDone).Should().Throw<RelayFaultException>().Which.Fault.Should().Be(RelayFault.DiskFull);
        File.Exists(_place["target/f"]).Should().BeFalse();
    }

    [Fact]
    public void Without_flushing_the_name_comes_at_once()
    {
        using var watch = new Watchpoint(_place.Target);
        TakeAll();
        watch.Calls.Select(c => c.Call).Should().Contain("renameat").And.NotContain(["fsync", "syncfs"]);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(InputOutput, 1, 20)]
    public void Many_files_are_flushed_at_once_and_one_by_one_only_to_find_the_one_that_failed(int error, int together, int alone)
    {
        using var watch = new Watchpoint(_place.Target, (call, _) => call == "syncfs" ? error : 0);
        var files = Enumerable.Range(0, 20).Select(i => _tree.Put(Entries.File($"f{i}", "text"), "text"u8)).ToList();
        _tree.Flush(files, (_, fault) => Assert.Fail($"{fault}"));
        files.ForEach(f => f.Dispose());
        watch.Calls.Count(c => c.Call == "syncfs").Should().Be(together);
        watch.Calls.Count(c => c.Call == "fsync").Should().Be(alone);
    }

    [Fact]
    public void What_is_left_without_its_name_at_the_end_is_kept_only_where_it_saves_something()
    {
        using var disk = new ManualResetEventSlim();
        using var watch = new Watchpoint(_place.Target, (call, _) => call == "fsync" && !disk.Wait(Patience) ? InputOutput : 0);
        BeginCommitting();
        TakeAll();
        _commit!.Dispose();
        _underWay.AbandonAll();
        Directory.GetFiles(_place.Target).Select(Path.GetFileName).Should().Equal(".f.treepush-part");
        disk.Set();
    }

    [Fact]
    public void Room_is_made_where_the_disk_is_full()
    {
        _receiver.TakeOwn(0, _ledger.Piece(0), isWritten: false);
        Directory.GetFiles(_place.Target).Should().HaveCount(1);
        _underWay.RemoveAll();
        Directory.GetFiles(_place.Target).Should().BeEmpty();
    }

    public void Dispose()
    {
        _commit?.Dispose();
        _underWay.AbandonAll();
        _place.Dispose();
        _ledger.Dispose();
    }

    private void BeginCommitting()
    {
        _receiver.Commit = _commit = new GroupCommit(_ledger.PieceInventory, _tree.Flush, _receiver.Name, _receiver.Lose);
        _commit.Start();
    }

    private void TakeAll()
    {
        for (int piece = 0; piece < 3; piece++) _receiver.TakeOwn(piece, _ledger.Piece(piece), isWritten: false);
    }

    private void AwaitDone()
    {
        lock (_ledger.PieceInventory.Gate)
            while (!_commit!.IsDone) Monitor.Wait(_ledger.PieceInventory.Gate, Patience).Should().BeTrue();
    }
}
