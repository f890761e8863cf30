using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Syncing;

/// <summary>What is done where nobody else is left to do it with, step by step.</summary>
public sealed class WhereThereIsNoOther
{
    private static readonly Failure Killed = new(FailureKind.RelayEnded, "killed");

    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private SyncCoordinator _coordinator = null!;
    private IReadOnlyList<SyncCommand> _commands = [];
    private IReadOnlyList<RunEvent> _events = [];

    [Fact]
    public void A_host_goes_on_receiving_from_the_only_source_though_a_piece_was_spoiled()
    {
        Begin("s", "a", new HostName("s"), new HostName("a"));
        Give(new SyncInput.Linked(1));
        Give(new SyncInput.LinkLost(1, LinkFault.Corrupt, "a piece is not what it was"));
        _commands.Should().ContainSingle().Which.Should().BeOfType<SyncCommand.Link>().Which.Parent.Value.Should().Be("s");
    }

    [Fact]
    public void But_not_for_ever()
    {
        Begin("s", "a", new HostName("s"), new HostName("a"));
        for (int link = 1; link <= 3; link++)
        {
            _commands.Should().ContainSingle().Which.Should().BeOfType<SyncCommand.Link>();
            Give(new SyncInput.Linked(link));
            Give(new SyncInput.LinkLost(link, LinkFault.Corrupt, "a piece is not what it was"));
        }

        _commands.OfType<SyncCommand.Link>().Should().BeEmpty();
    }

    [Fact]
    public void A_source_that_is_still_compared_when_the_first_is_lost_goes_on_with_the_ledger()
    {
        Begin("s,t", "a,b", new HostName("s"), new HostName("a"), new HostName("b"));
        Give(new SyncInput.Linked(1));
        Give(new SyncInput.Linked(2));
        Give(new SyncInput.Lost(new HostName("s"), Killed));
        Give(new SyncInput.Opened(new HostName("t")));
        Pass(7);
        _commands.OfType<SyncCommand.Close>().Should().BeEmpty("the other source may have everything");
        Give(new SyncInput.Scanned(new HostName("t"), new Need(0, 0, 0, 0)));
        _commands.Should().ContainEquivalentOf(new SyncCommand.Promote(new HostName("t")));
        _events.OfType<SourceReplaced>().Should().ContainSingle().Which.Successor.Value.Should().Be("t");
    }

    [Fact]
    public void A_source_that_says_it_cannot_go_on_is_replaced_though_its_relay_still_runs()
    {
        Begin("s,t", "a", new HostName("s"), new HostName("a"), new HostName("t"));
        Give(new SyncInput.Linked(1));
        Give(new SyncInput.Scanned(new HostName("t"), new Need(0, 0, 0, 0)));
        Give(new SyncInput.Failed(new HostName("s"), Killed, CanServe: false));
        _commands.Should().ContainEquivalentOf(new SyncCommand.Promote(new HostName("t")));
        Give(new SyncInput.Failed(new HostName("s"), Killed, CanServe: false));
        _events.Should().BeEmpty("what it repeats is told once");
    }

    [Fact]
    public void Of_two_sources_the_one_with_the_most_of_the_ledger_goes_on_with_it()
    {
        Begin("s,t,u", "a", new HostName("s"), new HostName("a"), new HostName("t"), new HostName("u"));
        Give(new SyncInput.Linked(1));
        foreach (string source in new[] { "t", "u" })
        {
            Give(new SyncInput.Scanned(new HostName(source), new Need(0, 0, 0, 0)));
            Give(new SyncInput.Progressed(new HostName(source), new HostProgress(0, 0, 0, []) { Pages = source == "u" ? 7 : 6 }));
        }

        Give(new SyncInput.Lost(new HostName("s"), Killed));
        _commands.Should().ContainEquivalentOf(new SyncCommand.Promote(new HostName("u")));
    }

    [Fact]
    public void A_source_that_is_never_compared_is_not_waited_for_for_ever()
    {
        Begin("s,t", "a", new HostName("s"), new HostName("a"));
        Give(new SyncInput.Linked(1));
        Give(new SyncInput.Lost(new HostName("s"), Killed));
        for (int second = 0; second < 30 && _events.OfType<RunFinished>().FirstOrDefault() is null; second++)
        {
            Give(new SyncInput.Progressed(new HostName("a"), new HostProgress(0, 1, 0, [])));
            if (_events.OfType<RunFinished>().Any()) break;
            Pass(1);
        }

        _events.OfType<RunFinished>().Should().ContainSingle().Which.Failed.Should().Be(1);
    }

    [Fact]
    public void A_dry_run_of_a_source_that_could_not_be_listed_fails_as_the_run_would()
    {
        Begin(new SyncPolicy { DryRun = true }, "s", "a", new HostName("s"), new HostName("a"));
        Give(new SyncInput.Linked(1));
        Give(new SyncInput.Scanned(new HostName("a"), new Need(1, 2, 3, 0)) { IsWhole = false });
        _events.OfType<HostScanned>().Should().ContainSingle().Which.Need.Should().Be(new Need(1, 2, 3, 0));
        _events.OfType<TargetFailed>().Should().ContainSingle().Which.Failure.Kind.Should().Be(FailureKind.SourceIncomplete);
        _events.OfType<RunFinished>().Should().ContainSingle().Which.Failed.Should().Be(1);
    }

    private void Begin(string sources, string targets, params HostName[] opened) => Begin(new SyncPolicy(), sources, targets, opened);

    private void Begin(SyncPolicy policy, string sources, string targets, params HostName[] opened)
    {
        _coordinator = new SyncCoordinator(new SyncPlan(Fleet.Hosts(sources), Fleet.Hosts(targets), policy));
        Give(new SyncInput.Start());
        foreach (var host in opened) Give(new SyncInput.Opened(host));
    }

    private void Pass(int seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        Give(new SyncInput.Woken());
    }

    private void Give(SyncInput input)
    {
        var step = _coordinator.Handle(input, _now);
        (_commands, _events) = (step.Commands.Where(c => c is not SyncCommand.WakeAt).ToList(), step.Events);
    }
}
