using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;

namespace TreePush.Core.Tests.Syncing;

/// <summary>64 MiB to 16 hosts at 100 Mbit/s: 5.4 s of bare sending.</summary>
public sealed class DetectingStragglers
{
    private static readonly SimulatedFleet Fleet = new();
    private static readonly HostProfile SlowDown = new() { Down = 0.1 };
    private static readonly SimulatedSync Undisturbed = Run();

    /// <summary>The chain's hosts in their order, which is that of their readiness.</summary>
    private static readonly string[] Chain = [.. Undisturbed.Emitted<HostLinked>().Select(e => e.Child.Value)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(14)]
    [InlineData(15)]
    public void One_slow_host_does_not_hold_the_others_up(int place)
    {
        var run = Run((Chain[place], SlowDown));
        run.Result.Succeeded.Should().Be(16);
        run.TimeOfAllBut(Chain[place]).Should().BeLessThan(1.25 * Undisturbed.TimeOfAllBut());
        run.Demoted.Should().BeSubsetOf([Chain[place]]);
    }

    [Fact]
    public void Reports_that_come_late_and_together_make_nobody_look_slow()
    {
        var run = SimulatedSync.Of("z1", "t[01-16]", Fleet with { ReportsInPairs = true });
        run.Demoted.Should().BeEmpty();
        run.Emitted<HostProgressed>().Should().NotBeEmpty();
    }

    [Fact]
    public void Buffers_that_are_filled_by_leaps_make_nobody_look_slow() =>
        SimulatedSync.Of("z1", "t[01-16]", Fleet with { Rate = 2.5e6, Leaps = 4 << 20 }).Demoted.Should().BeEmpty();

    [Theory]
    [InlineData(16)]
    [InlineData(60)]
    public void Bursts_that_shapers_saved_up_are_soon_believed_no_more(int hosts)
    {
        static double SavedUp(Host host) => host.Name.Value[^1] % 3 == 0 ? 1 : 40;
        string targets = $"t[01-{hosts}]";
        var run = SimulatedSync.Of("z1", targets, Fleet with { SavedUp = SavedUp });
        run.Demoted.Count().Should().BeLessThanOrEqualTo(2);
        run.TimeOfAllBut().Should().BeLessThan(1.1 * SimulatedSync.Of("z1", targets, Fleet).TimeOfAllBut());
    }

    [Fact]
    public void Nobody_is_slow_who_sends_as_fast_as_it_may()
    {
        double limit = 0.2 * Fleet.Rate;
        var run = SimulatedSync.Of("z1", "t[01-16]", Fleet with { BandwidthLimit = limit }, new SyncPolicy { MostRate = limit });
        run.Demoted.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Two_slow_hosts_side_by_side_are_both_moved(int place)
    {
        var run = Run((Chain[place], SlowDown), (Chain[place + 1], SlowDown));
        run.TimeOfAllBut(Chain[place], Chain[place + 1]).Should().BeLessThan(1.5 * Undisturbed.TimeOfAllBut());
        run.Demoted.Distinct().Should().BeEquivalentTo(Chain[place], Chain[place + 1]);
    }

    [Fact]
    public void Host_that_sends_slowly_is_moved_itself_once_its_children_do_well_elsewhere()
    {
        var run = Run((Chain[5], new HostProfile { Up = 0.1 }));
        run.Demoted.Should().Equal(Chain[6], Chain[5]);
        run.TimeOfAllBut().Should().BeLessThan(1.5 * Undisturbed.TimeOfAllBut());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(14)]
    public void Backlog_alone_shows_a_slow_host_that_is_not_the_first(int place)
    {
        var run = SimulatedSync.Of("z1", "t[01-16]", Fleet with { TellsBursts = false, Profiles = SimulatedSync.Only((Chain[place], SlowDown)) });
        run.TimeOfAllBut(Chain[place]).Should().BeLessThan(1.25 * Undisturbed.TimeOfAllBut());
    }

    [Fact]
    public void Host_that_sends_slowly_serves_no_more_once_it_has_everything_itself()
    {
        var fleet = Fleet with { TellsBursts = false, Profiles = SimulatedSync.Only((Chain[5], new HostProfile { Up = 0.1 })) };
        var run = SimulatedSync.Of("z1", "t[01-16]", fleet);
        run.Emitted<HostExcluded>().Should().ContainSingle(e => e.Host.Value == Chain[5]);
        run.TimeOfAllBut().Should().BeLessThan(3 * Undisturbed.TimeOfAllBut());
    }

    [Fact]
    public void Slow_source_costs_few_moves()
    {
        var run = Run(("z1", new HostProfile { Up = 0.1 }));
        run.Demoted.Count().Should().BeLessThanOrEqualTo(2);
        run.TimeOfAllBut().Should().BeLessThan(1.05 * 10 * Undisturbed.TimeOfAllBut());
    }

    [Fact]
    public void Slow_way_between_zones_is_left_alone_after_one_try()
    {
        var run = SimulatedSync.Of("z1/A", "a[1-6]/A,b[1-6]/B", Fleet with { CrossingRate = 1.25e6 });
        run.Result.Succeeded.Should().Be(12);
        run.Demoted.Count().Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Hosts_that_are_alike_are_never_moved_however_slow_they_are()
    {
        foreach (double rate in new[] { 1.4e6, 12.5e6, 125e6 })
        {
            var run = SimulatedSync.Of("z1", "t[01-40]", Fleet with { Rate = rate, Seed = (int)rate });
            run.Demoted.Should().BeEmpty();
        }
    }

    [Fact]
    public void Nothing_is_received_twice()
    {
        var run = Run((Chain[3], SlowDown), (Chain[8], new HostProfile { FlapsEvery = TimeSpan.FromSeconds(1) }));
        run.Result.Received.Where(r => r.Key.Value != "z1").Should().NotBeEmpty().And.OnlyContain(r => r.Value <= Fleet.Bytes);
    }

    private static SimulatedSync Run(params (string, HostProfile)[] profiles) =>
        SimulatedSync.Of("z1", "t[01-16]", Fleet with { Profiles = SimulatedSync.Only(profiles) });
}
