using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>The run's loop with relays that say what the test has them say.</summary>
public sealed class SyncRunTests
{
    private static readonly Failure Gone = new(FailureKind.ConnectionLost, "gone");
    private static readonly Receipt Everything = new(1, 10, 10, 0, 1, 0, "digest");

    private readonly FakeLauncher _launcher = new();
    private readonly Watcher _told = new();

    [Fact]
    public async Task A_target_that_delivers_and_is_lost_at_once_is_served()
    {
        var run = NewRun("a");
        var running = run.RunAsync();
        Source();
        var target = _launcher.Start("a");
        target.Say(new ControlMessage.Linked((await target.HearAsync<ControlMessage.Attach>()).Link));
        target.Say(new ControlMessage.Delivered(Everything));
        target.End(Gone);
        (await running.WaitAsync(Patience.Usual)).Should().BeEquivalentTo(new { Succeeded = 1, Failed = 0 });
    }

    [Fact]
    public async Task A_relay_that_comes_up_after_its_host_was_closed_is_closed_while_the_run_goes_on()
    {
        var run = NewRun("a", "b");
        var running = run.RunAsync();
        Source();
        var target = await BegunAsync("a");
        await _launcher.AskedForAsync("b");
        run.Controls.Stop(kill: false);
        await _told.Stopping.Task.WaitAsync(Patience.Usual);
        var late = _launcher.Start("b");
        await late.Disposed.WaitAsync(Patience.Usual);
        running.IsCompleted.Should().BeFalse();
        target.Say(new ControlMessage.Delivered(Everything));
        (await running.WaitAsync(Patience.Usual)).Should().BeEquivalentTo(new { Succeeded = 1, NotTried = 1 });
    }

    [Fact]
    public async Task Output_that_nobody_reads_holds_no_host_up()
    {
        using var reading = new ManualResetEventSlim();
        await using var queue = new ObserverQueue(new Blocked(reading));
        var run = NewRun([queue], "a");
        var running = run.RunAsync();
        Source();
        var target = _launcher.Start("a");
        await target.HearAsync<ControlMessage.Attach>();
        target.Say(new ControlMessage.Delivered(Everything));
        (await running.WaitAsync(Patience.Usual)).Succeeded.Should().Be(1);
        reading.Set();
    }

    [Fact]
    public async Task A_child_is_attached_with_its_parents_key_and_ends_when_it_has_everything()
    {
        var run = NewRun("a");
        var running = run.RunAsync();
        var source = Source();
        var target = _launcher.Start("a");
        var attach = await target.HearAsync<ControlMessage.Attach>();
        attach.ParentKey.Should().Equal(FakeRelay.Key);
        target.Say(new ControlMessage.Linked(attach.Link));
        target.Say(new ControlMessage.Delivered(Everything));
        await running.WaitAsync(Patience.Usual);
        await Task.WhenAll(source.Disposed, target.Disposed).WaitAsync(Patience.Usual);
    }

    [Fact]
    public async Task What_a_relay_says_of_another_ones_link_is_not_believed()
    {
        var run = NewRun("a", "b");
        var running = run.RunAsync();
        Source();
        var (first, second) = (_launcher.Start("a"), _launcher.Start("b"));
        int link = (await first.HearAsync<ControlMessage.Attach>()).Link;
        await second.HearAsync<ControlMessage.Attach>();
        second.Say(new ControlMessage.LinkLost(link, LinkFault.Corrupt, "lies"));
        second.Say(new ControlMessage.Delivered(Everything));
        first.Say(new ControlMessage.Delivered(Everything));
        await running.WaitAsync(Patience.Usual);
        _told.Events.OfType<LinkFailed>().Should().BeEmpty();
    }

    public static TheoryData<string> States => ["launching the source", "launching a target", "attaching", "under way"];

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_run_that_is_killed_leaves_nothing_running(string state)
    {
        var run = NewRun("a");
        var running = run.RunAsync();
        await _launcher.AskedForAsync("s");
        var relays = new List<FakeRelay>();
        if (state != "launching the source") relays.Add(Source());
        if (state == "launching a target") await _launcher.AskedForAsync("a");
        if (state == "attaching")
        {
            relays.Add(_launcher.Start("a"));
            await relays[^1].HearAsync<ControlMessage.Attach>();
        }

        if (state == "under way") relays.Add(await BegunAsync("a"));
        run.Controls.Stop(kill: true);
        (await running.WaitAsync(Patience.Usual)).Interrupted.Should().BeTrue();
        relays.Where(r => !r.Disposed.IsCompleted).Should().BeEmpty();
        _launcher.Cancelled.IsEmpty.Should().Be(!state.StartsWith("launching", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_target_that_cannot_be_reached_fails_alone()
    {
        var run = NewRun("a", "b");
        var running = run.RunAsync();
        Source();
        _launcher.Fail("a", new RemoteException(Gone));
        var target = _launcher.Start("b");
        await target.HearAsync<ControlMessage.Attach>();
        target.Say(new ControlMessage.Delivered(Everything));
        (await running.WaitAsync(Patience.Usual)).Should().BeEquivalentTo(new { Succeeded = 1, Failed = 1 });
    }

    [Fact]
    public async Task A_fault_that_nobody_foresaw_ends_the_run_and_all_relays()
    {
        var run = NewRun("a");
        var running = run.RunAsync();
        var source = Source();
        await _launcher.AskedForAsync("a");
        _launcher.Fail("a", new InvalidOperationException("a defect"));
        await running.Awaiting(r => r).Should().ThrowAsync<InvalidOperationException>().WaitAsync(Patience.Usual);
        source.Disposed.IsCompleted.Should().BeTrue();
    }

    private FakeRelay Source()
    {
        var source = _launcher.Start("s");
        source.Say(new ControlMessage.SourceScanned(1, 10));
        return source;
    }

    /// <summary>A target to which content has come.</summary>
    private async Task<FakeRelay> BegunAsync(string host)
    {
        var target = _launcher.Start(host);
        target.Say(new ControlMessage.Linked((await target.HearAsync<ControlMessage.Attach>()).Link));
        target.Say(new ControlMessage.Scanned(new Need(1, 10, 1, 0)));
        target.Say(new ControlMessage.Progress(1, 10, 1, []));
        await _told.Progressed.Task.WaitAsync(Patience.Usual);
        return target;
    }

    private Run NewRun(params string[] targets) => NewRun([], targets);

    private Run NewRun(IReadOnlyList<IRunObserver> observers, params string[] targets)
    {
        var work = new SyncWork { Source = "/src", Destination = "/dest" };
        var request = new RunRequest
        {
            Run = "20260301-120000-ffff",
            Command = "sync",
            Sources = [new Host("s")],
            Targets = [.. targets.Select(t => new Host(t))],
            Work = work,
        };
        var controls = new RunControls();
        var context = new RunContext(new NoDriver(), [_told, .. observers], null, controls, TimeProvider.System, null);
        return new Run(controls, () => SyncRun.RunAsync(request, work, new HashSet<HostName>(), context, _launcher));
    }

    private sealed record Run(RunControls Controls, Func<Task<RunFinished>> RunAsync);

    /// <summary>Nothing but the launcher is asked.</summary>
    private sealed class NoDriver : IRemoteHostDriver
    {
        public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Blocked(ManualResetEventSlim until) : IRunObserver
    {
        public void OnEvent(RunEvent happened) => until.Wait();
    }

    private sealed class Watcher : IRunObserver
    {
        public TaskCompletionSource Stopping { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Progressed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<RunEvent> Events { get; } = [];

        public void OnEvent(RunEvent happened)
        {
            Events.Add(happened);
            if (happened is RunStopping) Stopping.TrySetResult();
            if (happened is HostProgressed) Progressed.TrySetResult();
        }
    }
}
