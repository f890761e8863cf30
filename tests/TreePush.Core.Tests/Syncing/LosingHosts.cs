using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;

namespace TreePush.Core.Tests.Syncing;

public sealed class LosingHosts
{
    private static readonly SimulatedFleet Fleet = new();
    private static readonly TimeSpan HalfWay = TimeSpan.FromSeconds(3);
    private static readonly SimulatedSync Undisturbed = Run();
    private static readonly string[] Chain = [.. Undisturbed.Emitted<HostLinked>().Select(e => e.Child.Value)];

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(3, 8, 12)]
    [InlineData(0, 7, 15)]
    [InlineData(13, 14, 15)]
    public void Three_that_are_killed_half_way_hardly_delay_the_others(params int[] places)
    {
        var run = Run([.. places.Select(p => (Chain[p], new HostProfile { Dies = HalfWay }))]);
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 13 && r.Failed == 3);
        run.TimeOfAllBut().Should().BeLessThan(1.3 * Undisturbed.TimeOfAllBut());
        run.Emitted<TargetFailed>().Should().NotBeEmpty().And.OnlyContain(f => f.Failure.Kind == FailureKind.ConnectionLost && f.Attempts >= 1);
    }

    [Fact]
    public void Child_of_a_lost_host_goes_to_the_host_before_it()
    {
        var run = Run((Chain[5], new HostProfile { Dies = HalfWay }));
        run.Emitted<HostLinked>().Last().Should().Match<HostLinked>(e => e.Parent.Value == Chain[4] && e.Child.Value == Chain[6]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Host_that_falls_silent_is_cut_out_and_fails(int place)
    {
        var run = Run((Chain[place], new HostProfile { FallsSilent = HalfWay }));
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 15 && r.Failed == 1);
        run.TimeOfAllBut().Should().BeLessThan(1.5 * Undisturbed.TimeOfAllBut());
        run.Emitted<TargetFailed>().Single().Failure.Message.Should().Contain("sent nothing for 10 s");
    }

    [Theory]
    [InlineData(3, 8, 12)]
    [InlineData(4, 5, 6)]
    [InlineData(0, 7, 15)]
    public void Three_that_are_cut_off_at_once_hold_the_others_up_for_little_more_than_two_reports(params int[] places)
    {
        var run = Run([.. places.Select(p => (Chain[p], new HostProfile { FallsSilent = HalfWay }))]);
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 13 && r.Failed == 3);
        run.TimeOfAllBut().Should().BeLessThan(Undisturbed.TimeOfAllBut() + 1.8);
    }

    [Fact]
    public void Controller_that_hears_nobody_for_a_moment_moves_nobody()
    {
        var start = DateTimeOffset.UnixEpoch;
        var coordinator = new SyncCoordinator(new SyncPlan([new Host("z1")], [new Host("t1"), new Host("t2")], new SyncPolicy()));
        RunStep<SyncCommand> Give(SyncInput input, double seconds) => coordinator.Handle(input, start.AddSeconds(seconds));
        SyncInput Report(string host, long have) => new SyncInput.Progressed(new HostName(host), new HostProgress(have, 100, have, []));
        Give(new SyncInput.Start(), 0);
        foreach (string host in new[] { "z1", "t1", "t2" }) Give(new SyncInput.Opened(new HostName(host)), 0);
        foreach (int link in new[] { 1, 2 }) Give(new SyncInput.Linked(link), 0);
        foreach (string host in new[] { "t1", "t2" }) Give(new SyncInput.Scanned(new HostName(host), new Need(1, 100, 0, 0)), 0);
        foreach (string host in new[] { "t1", "t2" }) Give(Report(host, 1), 0.5);

        var late = Give(Report("t2", 1), 5);
        late.Commands.OfType<SyncCommand.Link>().Should().BeEmpty("the report of t1 may be on its way as well");
        foreach (double time in new[] { 5.5, 6 }) Give(Report("t2", 1), time).Commands.OfType<SyncCommand.Link>().Should().BeEmpty();
        Give(Report("t2", 1), 6.5).Commands.OfType<SyncCommand.Link>().Should().ContainSingle().Which.Parent.Value.Should().Be("z1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(15)]
    public void Host_whose_disk_hangs_holds_nobody_up_and_fails_a_minute_later(int place)
    {
        var run = Run((Chain[place], new HostProfile { Stalls = HalfWay }));
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 15 && r.Failed == 1);
        run.TimeOfAllBut().Should().BeLessThan(Undisturbed.TimeOfAllBut() + 7);
        run.Emitted<TargetFailed>().Single().Failure.Should().Match<Failure>(f => f.Kind == FailureKind.DiskStalled && f.Hint!.Contains("does a mount hang"));
        run.Issued<SyncCommand.Close>().Should().Contain(c => c.Host.Value == Chain[place]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void Host_whose_disk_responds_again_is_served(int seconds)
    {
        var run = Run((Chain[7], new HostProfile { Stalls = HalfWay, StallLasts = TimeSpan.FromSeconds(seconds) }));
        run.Result.Succeeded.Should().Be(16);
        run.Emitted<HostStalled>().Should().HaveCount(seconds < 5 ? 0 : 1);
    }

    [Fact]
    public void Hosts_whose_disks_all_hang_for_a_while_do_not_crowd_the_source()
    {
        var run = Run([.. Chain.Select(h => (h, new HostProfile { Stalls = HalfWay, StallLasts = TimeSpan.FromSeconds(20) }))]);
        run.Result.Succeeded.Should().Be(16);
        run.Emitted<HostLinked>().Count(e => e.Parent.Value == "z1").Should().BeLessThan(6);
    }

    [Fact]
    public void Host_whose_disk_is_full_fails_alone()
    {
        var run = Run((Chain[4], new HostProfile { Fails = HalfWay }));
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 15 && r.Failed == 1);
        run.Emitted<TargetFailed>().Single().Should().Match<TargetFailed>(f => f.Target.Value == Chain[4] && f.Failure.Kind == FailureKind.TargetDiskFull);
        run.TimeOfAllBut().Should().BeLessThan(1.1 * Undisturbed.TimeOfAllBut());
    }

    [Fact]
    public void Host_that_will_never_have_everything_is_still_served_and_serves_nobody()
    {
        var plan = new SyncPlan([new Host("z1")], [.. Chain.Order().Select(h => new Host(h))], new SyncPolicy());
        var lacking = new SyncInput.Lacking(new HostName(Chain[4]), "it can't keep d/f");
        var run = SimulatedSync.Of(plan, Fleet, script: [(HalfWay, lacking)]);
        run.Result.Succeeded.Should().Be(16);
        run.Emitted<HostExcluded>().Should().ContainSingle(e => e.Host.Value == Chain[4] && e.Reason.Contains("d/f"));
        run.Emitted<HostLinked>().Last(e => e.Child.Value == Chain[5]).Parent.Value.Should().NotBe(Chain[4]);
    }

    [Fact]
    public void Host_that_spoils_what_it_passes_on_is_convicted_by_two_and_still_served_itself()
    {
        var run = SimulatedSync.Of("z1", "t[01-16]", Fleet with { Profiles = SimulatedSync.Only((Chain[2], new HostProfile { Spoils = true })) },
            new SyncPolicy { Topology = new Topology(TopologyKind.Tree, 2) });
        run.Result.Succeeded.Should().Be(16);
        run.Emitted<HostExcluded>().Should().NotBeEmpty().And.OnlyContain(e => e.Host.Value == Chain[2]);
        run.Emitted<LinkFailed>().Count(e => e.Parent.Value == Chain[2]).Should().BeLessThan(4);
    }

    [Fact]
    public void Host_that_gets_nothing_unspoiled_from_anybody_is_given_up_and_convicts_nobody()
    {
        var run = Run((Chain[2], new HostProfile { ReceivesSpoiled = true }));
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 15 && r.Failed == 1);
        run.Emitted<TargetFailed>().Single().Failure.Should().Match<Failure>(f => f.Kind == FailureKind.LinksFailed && f.Message.Contains("corrupt"));
        run.Emitted<HostExcluded>().Should().BeEmpty();
    }

    [Fact]
    public void Relay_that_does_not_start_delays_nobody()
    {
        var run = Run((Chain[0], new HostProfile { DoesNotOpen = true }));
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 15 && r.Failed == 1);
        run.Emitted<TargetFailed>().Single().Failure.Kind.Should().Be(FailureKind.HostUnreachable);
    }

    [Fact]
    public void Controller_that_slept_itself_loses_nobody()
    {
        var plan = new SyncPlan([new Host("z1")], [new Host("t1")], new SyncPolicy());
        var coordinator = new SyncCoordinator(plan);
        var now = DateTimeOffset.UnixEpoch;
        coordinator.Handle(new SyncInput.Start(), now);
        coordinator.Handle(new SyncInput.Opened(new HostName("z1")), now);
        coordinator.Handle(new SyncInput.Opened(new HostName("t1")), now);
        var step = coordinator.Handle(new SyncInput.Woken(), now.AddHours(1));
        step.Events.OfType<HostLost>().Should().BeEmpty();
        step.Finished.Should().BeFalse();
    }

    private static SimulatedSync Run(params (string, HostProfile)[] profiles) =>
        SimulatedSync.Of("z1", "t[01-16]", Fleet with { Profiles = SimulatedSync.Only(profiles) });
}
