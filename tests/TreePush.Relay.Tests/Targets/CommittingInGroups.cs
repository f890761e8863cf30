using System.Collections.Concurrent;
using TreePush.Core.Wire;
using TreePush.Relay.Files;
using TreePush.Relay.Pieces;
using TreePush.Relay.Targets;
using TreePush.Relay.Tests.Files;

namespace TreePush.Relay.Tests.Targets;

/// <summary>Files are brought to the disk together, and named afterwards. The disk is a stand-in that the test lets go on.</summary>
public sealed class CommittingInGroups : IDisposable
{
    private const int TooManyToHaveOpen = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Workplace _place = new();
    private readonly PieceInventory _inventory = new();
    private readonly SemaphoreSlim _disk = new(0);
    private readonly BlockingCollection<int> _flushes = [];
    private readonly ConcurrentQueue<int> _named = [];
    private readonly ConcurrentQueue<string> _failed = [];
    private readonly Func<int, FileFault?> _fault;
    private readonly GroupCommit _commit;
    private FileFault? _next;

    public CommittingInGroups()
    {
        _fault = _ => _next;
        _commit = new GroupCommit(_inventory, Flush, _named.Enqueue, (entry, fault) => _failed.Enqueue($"{entry} {fault.Text}"));
        _commit.Start();
    }

    [Fact]
    public void Nothing_is_named_before_it_is_on_the_disk()
    {
        Add(0);
        NextFlush().Should().Be(1);
        _named.Should().BeEmpty();
        _commit.IsDone.Should().BeFalse();
        _disk.Release();
        AwaitDone();
        _named.Should().Equal(0);
    }

    [Fact]
    public void What_comes_during_a_flush_is_in_the_next_one_together()
    {
        Add(0);
        NextFlush().Should().Be(1);
        for (int i = 1; i <= 100; i++) Add(i);
        _commit.Hurry();
        _disk.Release(2);
        NextFlush().Should().Be(100);
        AwaitDone();
        _named.Should().Equal(Enumerable.Range(0, 101));
    }

    [Fact]
    public void File_that_is_not_on_the_disk_gets_no_name()
    {
        _next = FileFault.Of(Core.Manifests.RelativePath.Of("f1"), "flush it to the disk", 5);
        Add(1);
        Add(2);
        _disk.Release();
        AwaitDone();
        _failed.Should().Equal("1 can't flush it to the disk: Input/output error");
        _named.Should().Equal(2);
    }

    [Fact]
    public void Fault_that_ends_the_host_ends_whoever_adds_and_whoever_waits()
    {
        using var commit = new GroupCommit(_inventory, (_, _) => throw new RelayFaultException(RelayFault.DiskFull, "full"), _named.Enqueue, (_, _) => { });
        commit.Start();
        commit.Add(0, File(0));
        Until(() => Record.Exception(() => commit.IsDone) is RelayFaultException { Fault: RelayFault.DiskFull });
        commit.Invoking(c => c.Add(1, File(1))).Should().Throw<RelayFaultException>();
        _named.Should().BeEmpty();
    }

    [Fact]
    public async Task End_of_the_run_lets_go_whoever_waits_for_room_and_leaves_what_waits_unnamed()
    {
        Add(0);
        NextFlush();
        var adding = Task.Run(() =>
        {
            for (int i = 1; i < TooManyToHaveOpen; i++) Add(i);
        });
        _commit.Dispose();
        await FluentActions.Awaiting(() => adding.WaitAsync(Patience)).Should().ThrowAsync<ObjectDisposedException>();
        _disk.Release();
        AwaitDone();
        _named.Should().Equal(0);
    }

    public void Dispose()
    {
        _commit.Dispose();
        _disk.Release(1000);
        _place.Dispose();
    }

    private void Flush(IReadOnlyList<PartialFile> files, Action<PartialFile, FileFault> failed)
    {
        _flushes.Add(files.Count);
        _disk.Wait(Patience).Should().BeTrue();
        if (_fault(0) is { } fault) failed(files.Single(f => f.Entry.Path == fault.Path), fault);
    }

    private void Add(int entry) => _commit.Add(entry, File(entry));

    private static PartialFile File(int entry) => new(null!, Entries.File($"f{entry}", "text"), -1, 0);

    private int NextFlush() => _flushes.TryTake(out int files, Patience) ? files : throw new TimeoutException("nothing was flushed");

    private void AwaitDone() => Until(() => _commit.IsDone);

    /// <summary>Whoever waits is told by a pulse.</summary>
    private void Until(Func<bool> condition)
    {
        lock (_inventory.Gate)
            while (!condition()) Monitor.Wait(_inventory.Gate, Patience).Should().BeTrue();
    }
}
