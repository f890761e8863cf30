using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;

namespace TreePush.Core.Tests.Syncing;

public sealed class EndingASync
{
    private static readonly SimulatedFleet Fleet = new() { Bytes = 16 << 20 };

    [Fact]
    public void Run_without_targets_is_over_at_once()
    {
        var run = SimulatedSync.Of("z1", "", Fleet);
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 0 && r.Duration == TimeSpan.Zero);
        run.Issued<SyncCommand.Open>().Should().BeEmpty();
    }

    [Fact]
    public void Target_that_is_a_source_is_skipped_and_counted()
    {
        var run = SimulatedSync.Of("z[1-2]", "z[1-2],t1", Fleet);
        run.Emitted<TargetSkipped>().Select(e => e.Target.Value).Should().Equal("z1", "z2");
        run.Result.Succeeded.Should().Be(3);
    }

    [Fact]
    public void Targets_served_by_an_earlier_part_of_the_run_are_counted_and_left_alone()
    {
        var plan = new SyncPlan(Hosts("z1"), Hosts("t[1-4]"), new SyncPolicy()) { Served = [new HostName("t2"), new HostName("t3")] };
        var run = SimulatedSync.Of(plan, Fleet);
        run.Result.Succeeded.Should().Be(4);
        run.Emitted<TargetServed>().Should().HaveCount(2);
    }

    [Fact]
    public void Dry_run_only_finds_out_what_each_host_needs()
    {
        var run = SimulatedSync.Of("z[1-2]", "t[1-6]", Fleet, new SyncPolicy { DryRun = true });
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 6 && r.Received.Values.All(b => b == 0));
        run.Emitted<HostScanned>().Select(e => e.Host.Value).Should().BeEquivalentTo("z2", "t1", "t2", "t3", "t4", "t5", "t6");
    }

    [Fact]
    public void First_stop_lets_those_finish_that_have_begun()
    {
        var late = new HostProfile { Opening = TimeSpan.FromSeconds(2) };
        var run = Stopped(Fleet with { Profiles = SimulatedSync.Only(("t3", late), ("t4", late)) }, (1, false));
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 2 && r.NotTried == 2 && r.Failed == 0 && r.Interrupted);
    }

    [Fact]
    public void First_stop_that_cuts_nothing_off_is_no_interruption()
    {
        var run = Stopped(Fleet, (1, false));
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 4 && !r.Interrupted);
    }

    [Fact]
    public void Second_stop_ends_all()
    {
        var run = Stopped(Fleet, (1, false), (1.1, true));
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 0 && r.Failed == 4 && r.Interrupted && r.Duration < TimeSpan.FromSeconds(1.2));
        run.Emitted<TargetFailed>().Should().NotBeEmpty().And.OnlyContain(f => f.Failure.Kind == FailureKind.Interrupted);
    }

    [Fact]
    public void Hosts_that_have_everything_are_closed_before_the_end()
    {
        var run = SimulatedSync.Of("z1", "t[01-60]", Fleet with { Profiles = SimulatedSync.Only(("t60", new HostProfile { Down = 0.1 })) });
        var last = run.Emitted<TargetServed>().Last();
        last.Target.Value.Should().Be("t60");
        int closedAtEnd = run.InvariantChecker.Commands.AsEnumerable().Reverse().TakeWhile(c => c is SyncCommand.Close).Count();
        closedAtEnd.Should().BeLessThan(30);
    }

    [Fact]
    public void Progress_of_a_host_is_told_at_most_once_a_second()
    {
        var run = SimulatedSync.Of("z1", "t[1-4]", Fleet with { Bytes = 64 << 20, Report = TimeSpan.FromSeconds(0.2) });
        foreach (var told in run.Emitted<HostProgressed>().GroupBy(e => e.Host))
            told.Zip(told.Skip(1)).Should().NotBeEmpty().And.OnlyContain(p => p.Second.Time - p.First.Time >= TimeSpan.FromSeconds(1));
    }

    private static IReadOnlyList<Host> Hosts(string hosts) => Pushing.Fleet.Hosts(hosts);

    private static SimulatedSync Stopped(SimulatedFleet fleet, params (double At, bool Kill)[] stops) =>
        SimulatedSync.Of(new SyncPlan(Hosts("z1"), Hosts("t[1-4]"), new SyncPolicy()), fleet,
            script: [.. stops.Select(s => (TimeSpan.FromSeconds(s.At), (SyncInput)new SyncInput.Stop(s.Kill)))]);
}
