using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;

namespace TreePush.Core.Tests.Syncing;

public sealed class AddingUpASync
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly HostName S = new("s"), A = new("a"), B = new("b");
    private static readonly Failure Gone = new(FailureKind.ConnectionLost, "gone");

    private readonly SyncTally _tally = new();

    public AddingUpASync() => Tell(
        new RunStarted(Start, "1", "r", JobKind.Sync, "sync", 1, 3, 0, false), new HostReady(Start, S, RelayRole.Source, default), new SourceScanned(Start, S, 5, 1000),
        new HostReady(Start, A, RelayRole.Target, default), new HostReady(Start, B, RelayRole.Target, default));

    [Fact]
    public void What_hosts_will_need_that_have_not_said_so_is_taken_for_what_others_need()
    {
        _tally.Bytes().Should().Be((0, 3000), "all three are taken to need all that there is");
        Tell(new HostScanned(Start, A, new Need(1, 400, 1, 0)));
        _tally.Bytes().Should().Be((0, 1200));
        Tell(new HostScanned(Start, B, new Need(0, 0, 0, 0)), Progress(A, 1, have: 100));
        _tally.Bytes().Should().Be((100, 600));
    }

    [Fact]
    public void A_rate_is_that_of_the_last_seconds_and_begins_anew_with_each_link()
    {
        Tell(new HostLinked(Start, 1, S, A, Route.Direct), new HostScanned(Start, A, new Need(1, 1000, 1, 0)), Progress(A, 1, 100), Progress(A, 2, 200), Progress(A, 3, 500));
        _tally.Hosts[A].Rate.Should().Be(200, "it is the mean of the rate before, 100, and the newest, 300");
        _tally.Estimate().Should().Be(TimeSpan.FromSeconds(2.5));
        Tell(new HostLinked(Start, 2, B, A, Route.Direct));
        _tally.Hosts[A].Rate.Should().BeNull();
    }

    [Fact]
    public void A_relay_that_starts_anew_counts_anew()
    {
        Tell(Progress(A, 1, 100), Progress(A, 2, 200), Progress(A, 3, 0), Progress(A, 4, 50));
        _tally.Hosts[A].Rate.Should().BeGreaterThan(0);
    }

    [Fact]
    public void The_end_of_an_old_link_says_nothing_of_the_new_one()
    {
        Tell(new HostLinked(Start, 1, S, A, Route.Direct), new HostLinked(Start, 2, B, A, Route.Direct), new LinkFailed(Start, 1, S, A, Route.Direct, LinkFault.Closed, "x"));
        _tally.Hosts[A].Parent.Should().Be(B);
        Tell(new LinkFailed(Start, 2, B, A, Route.Direct, LinkFault.Closed, "x"));
        _tally.Hosts[A].Parent.Should().BeNull();
    }

    [Fact]
    public void A_delivered_target_has_succeeded_whatever_becomes_of_it()
    {
        Tell(new HostLinked(Start.AddSeconds(1), 1, S, A, Route.Direct), Delivered(A, 3), new HostLost(Start.AddSeconds(4), A, Gone));
        _tally.Succeeded.Should().Equal(A);
        _tally.Left.Should().Be(2);
        _tally.Hosts[A].MeanRate.Should().Be(500);
        _tally.Hosts[A].Share.Should().Be(1);
    }

    [Fact]
    public void A_failed_target_is_not_waited_for()
    {
        Tell(new HostScanned(Start, A, new Need(1, 400, 1, 0)), new HostLost(Start, A, Gone), new TargetFailed(Start, A, S, 1, default, Gone));
        _tally.Failed.Should().ContainKey(A);
        _tally.Bytes().Should().Be((0, 2000));
    }

    [Fact]
    public void What_a_parent_says_of_a_child_is_the_childs()
    {
        Tell(new HostLinked(Start, 7, S, A, Route.Direct), new HostProgressed(Start, S, new HostProgress(0, 0, 0, [new ChildProgress(7, A, 10, 99, 100), new ChildProgress(6, B, 1, 1, 1)])));
        _tally.Hosts[A].Backlog.Should().Be(99);
        _tally.Hosts[B].Backlog.Should().Be(0, "it is not linked by that link");
    }

    private static HostProgressed Progress(HostName host, double at, long have) => new(Start.AddSeconds(at), host, new HostProgress(have, 0, have, []));

    private static TargetServed Delivered(HostName host, double at) =>
        new(Start.AddSeconds(at), host, S, 1, TimeSpan.FromSeconds(at)) { Receipt = new Receipt(5, 1000, 1000, 0, 1, 0, "ff") };

    private void Tell(params RunEvent[] events)
    {
        foreach (var happened in events) _tally.OnEvent(happened);
    }
}
