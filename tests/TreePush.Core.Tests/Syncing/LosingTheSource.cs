using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;

namespace TreePush.Core.Tests.Syncing;

public sealed class LosingTheSource
{
    private static readonly SimulatedFleet Fleet = new();
    private static readonly HostProfile Dies = new() { Dies = TimeSpan.FromSeconds(3) };

    [Fact]
    public void Host_that_was_up_to_date_goes_on_with_the_ledger()
    {
        var run = Run(Failover.Any, "z1", ("z1", Dies), ("t07", new HostProfile { Has = 1 }));
        run.Result.Succeeded.Should().Be(16);
        run.Emitted<SourceReplaced>().Single().Should().Match<SourceReplaced>(e => e.Source.Value == "z1" && e.Successor.Value == "t07");
        run.Issued<SyncCommand.Promote>().Single().Host.Value.Should().Be("t07");
    }

    [Fact]
    public void Further_source_that_is_equal_goes_on_with_the_ledger()
    {
        var run = Run("z[1-2]", ("z1", Dies));
        run.Result.Succeeded.Should().Be(16);
        run.Emitted<SourceReplaced>().Single().Successor.Value.Should().Be("z2");
    }

    [Fact]
    public void Where_nobody_has_everything_all_fail_and_are_told_why()
    {
        var run = Run("z1", ("z1", Dies));
        run.Result.Failed.Should().Be(16);
        run.Emitted<TargetFailed>().Should().NotBeEmpty().And.OnlyContain(f => f.Failure.Kind == FailureKind.SourcesLost && f.Failure.Message.Contains("before any other host had everything"));
        run.Result.Duration.Should().BeLessThan(TimeSpan.FromSeconds(12));
    }

    [Fact]
    public void Successor_that_is_lost_as_well_is_succeeded_too()
    {
        var run = Run(Failover.Any, "z1", ("z1", Dies), ("t07", new HostProfile { Has = 1, Dies = TimeSpan.FromSeconds(4) }), ("t09", new HostProfile { Has = 1 }));
        run.Result.Should().Match<SyncResult>(r => r.Failed == 1 || r.Succeeded == 16);
        run.Emitted<TargetFailed>().Should().BeEmpty("a host that had everything when it was lost has succeeded");
    }

    [Fact]
    public void Source_whose_disk_hangs_is_replaced()
    {
        var run = Run("z[1-2]", ("z1", new HostProfile { Stalls = TimeSpan.FromSeconds(3) }));
        run.Result.Succeeded.Should().Be(16);
        run.Emitted<SourceReplaced>().Single().Successor.Value.Should().Be("z2");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    public void Where_the_disk_of_the_only_source_hangs_the_run_ends_and_says_so(double seconds)
    {
        var run = Run("z1", ("z1", new HostProfile { Stalls = TimeSpan.FromSeconds(seconds) }));
        run.Result.Failed.Should().Be(16);
        run.Emitted<TargetFailed>().Should().NotBeEmpty().And.OnlyContain(f => f.Failure.Message.Contains("has not responded for 60 s"));
        run.Result.Duration.Should().BeLessThan(TimeSpan.FromSeconds(75));
    }

    [Fact]
    public void Source_that_cannot_be_opened_leaves_its_part_to_the_next()
    {
        var run = Run("z[1-2]", ("z1", new HostProfile { DoesNotOpen = true }));
        run.Result.Succeeded.Should().Be(16);
        run.Issued<SyncCommand.Open>().Single(o => o.Host.Name.Value == "z2").Role.Should().Be(RelayRole.Source);
    }

    [Fact]
    public void Run_without_a_source_fails_clearly()
    {
        var run = Run("z[1-2]", ("z1", new HostProfile { DoesNotOpen = true }), ("z2", new HostProfile { DoesNotOpen = true }));
        run.Result.Failed.Should().Be(16);
        run.Emitted<TargetFailed>().Should().NotBeEmpty().And.OnlyContain(f => f.Failure.Message.Contains("no source could be used; the last one, z2"));
    }

    [Fact]
    public void Source_lost_when_all_have_nearly_everything_is_waited_over()
    {
        var run = SimulatedSync.Of("z1", "t1", Fleet with { Profiles = SimulatedSync.Only(("z1", new HostProfile { Dies = TimeSpan.FromSeconds(5.8) })) });
        (run.Result.Succeeded + run.Result.Failed).Should().Be(1);
    }

    [Fact]
    public void Target_takes_no_place_of_a_source_unless_asked_to()
    {
        var run = Run(SlowHash, Failover.Sources, "z1", ("z1", Dies), ("t07", new HostProfile { Has = 1 }));
        run.Issued<SyncCommand.Promote>().Should().BeEmpty();
        run.Result.Succeeded.Should().Be(1, "only the one that had everything has what the source vouched for");
        run.Emitted<TargetFailed>().Should().HaveCount(15).And.OnlyContain(f => f.Failure.Kind == FailureKind.SourcesLost && f.Failure.Hint!.Contains("--failover any"));
        run.Result.Duration.Should().BeLessThan(TimeSpan.FromSeconds(30));
        Run(SlowHash, Failover.Any, "z1", ("z1", Dies), ("t07", new HostProfile { Has = 1 })).Result.Succeeded.Should().Be(16);
    }

    [Fact]
    public void Run_whose_source_dies_when_all_is_hashed_ends_well_without_a_successor()
    {
        var run = Run("z1", ("z1", Dies), ("t07", new HostProfile { Has = 1 }));
        run.Issued<SyncCommand.Promote>().Should().BeEmpty();
        run.Result.Succeeded.Should().Be(16);
    }

    [Fact]
    public void Run_goes_on_where_the_missing_parts_are_on_hosts_of_which_none_has_all()
    {
        var dies = new HostProfile { Dies = TimeSpan.FromSeconds(5.9) };
        var run = Run("z1", ("z1", dies));
        run.Result.Succeeded.Should().Be(16, "the first of the chain had everything by then");
    }

    [Fact]
    public void Given_source_succeeds_before_a_target_does()
    {
        var run = Run(SlowHash, Failover.Any, "z[1-2]", ("z1", Dies), ("t07", new HostProfile { Has = 1 }));
        run.Emitted<SourceReplaced>().Single().Successor.Value.Should().Be("z2");
    }

    private static SimulatedFleet SlowHash => Fleet with { HashRate = 8e6 };

    private static SimulatedSync Run(Failover failover, string sources, params (string, HostProfile)[] profiles) => Run(Fleet, failover, sources, profiles);

    private static SimulatedSync Run(SimulatedFleet fleet, Failover failover, string sources, params (string, HostProfile)[] profiles) =>
        SimulatedSync.Of(sources, "t[01-16]", fleet with { Profiles = SimulatedSync.Only(profiles) }, new SyncPolicy { Failover = failover });

    private static SimulatedSync Run(string sources, params (string, HostProfile)[] profiles) =>
        SimulatedSync.Of(sources, "t[01-16]", Fleet with { Profiles = SimulatedSync.Only(profiles) });
}
