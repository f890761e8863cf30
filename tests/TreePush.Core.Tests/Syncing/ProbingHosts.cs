using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;

namespace TreePush.Core.Tests.Syncing;

/// <summary>Hosts that are down, among many that are not.</summary>
public sealed class ProbingHosts
{
    private static readonly HostProfile Dead = new() { DoesNotOpen = true, Opening = TimeSpan.FromSeconds(10) };
    private static readonly SimulatedFleet Network = new() { Opening = TimeSpan.FromMilliseconds(100), Report = TimeSpan.FromSeconds(2), PieceSize = 256 << 10 };

    [Fact]
    public void Three_thousand_dead_of_ten_thousand_hold_up_nobody()
    {
        var random = new Random(1);
        var dead = Enumerable.Range(1, 10_000).Where(_ => random.Next(10) < 3).Select(Name).ToHashSet();
        var live = Enumerable.Range(1, 10_000).Select(Name).Where(n => !dead.Contains(n));
        var run = Run(Enumerable.Range(1, 10_000).Select(Name), host => dead.Contains(host.Name.Value) ? Dead : HostProfile.Fair);
        var alone = Run(live, _ => HostProfile.Fair);
        run.Emitted<TargetFailed>().Should().HaveCount(dead.Count);
        run.TimeOfAllBut().Should().BeLessThan(1.5 * alone.TimeOfAllBut());
    }

    [Fact]
    public void Three_live_of_three_hundred_are_served_as_if_they_were_alone()
    {
        string[] live = [Name(100), Name(200), Name(300)];
        var run = Run(Enumerable.Range(1, 300).Select(Name), host => live.Contains(host.Name.Value) || host.Name.Value == "z1" ? HostProfile.Fair : Dead);
        run.TimeOfAllBut().Should().BeLessThan(1.5 * Run(live, _ => HostProfile.Fair).TimeOfAllBut());
        run.Emitted<HostOpening>().Skip(1).Take(3).Select(e => e.Host.Value).Should().BeEquivalentTo(live);
    }

    [Fact]
    public void Hosts_of_which_nothing_is_known_wait_for_none_that_take_long()
    {
        var coordinator = Started(100);
        var opened = Probe(coordinator, PortState.Unknown, 1, 100);
        opened.Should().HaveCount(31, "the source is one that is starting, too");
        Opened(coordinator.Handle(new SyncInput.Woken(), Time(3.1))).Should().HaveCount(32);
    }

    [Fact]
    public void Hosts_that_are_starting_keep_to_their_limit_however_long_they_take()
    {
        var coordinator = Started(1000);
        int opened = Probe(coordinator, PortState.Silent, 1, 1000).Count;
        for (int second = 4; second < 60; second++) opened += Opened(coordinator.Handle(new SyncInput.Woken(), Time(second))).Count;
        opened.Should().Be(128 - 1, "the source is one that is starting, too");
    }

    [Fact]
    public void Hosts_that_answer_keep_their_slots_until_they_are_up()
    {
        var coordinator = Started(100);
        Probe(coordinator, PortState.Answered, 1, 100).Should().HaveCount(31, "the source is one that is starting, too");
        Opened(coordinator.Handle(new SyncInput.Woken(), Time(10))).Should().HaveCountLessThan(2);
    }

    [Fact]
    public void Few_hosts_are_not_probed()
    {
        var step = Start(new SyncCoordinator(PlanOf(Enumerable.Range(1, 32).Select(Name))));
        step.Commands.OfType<SyncCommand.Probe>().Should().BeEmpty();
    }

    private static string Name(int number) => $"t{number:00000}";

    private static DateTimeOffset Time(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    private static SyncPlan PlanOf(IEnumerable<string> targets) =>
        new([new Host("z1")], [.. targets.Select(t => new Host(t))], new SyncPolicy { Probe = true });

    private static SimulatedSync Run(IEnumerable<string> targets, Func<Host, HostProfile> profiles) =>
        SimulatedSync.Of(PlanOf(targets), Network with { Profiles = profiles }, looksForCycles: false);

    private static RunStep<SyncCommand> Start(SyncCoordinator coordinator) => coordinator.Handle(new SyncInput.Start(), Time(0));

    private static SyncCoordinator Started(int hosts)
    {
        var coordinator = new SyncCoordinator(PlanOf(Enumerable.Range(1, hosts).Select(Name)));
        Start(coordinator).Commands.OfType<SyncCommand.Probe>().Should().ContainSingle().Which.Hosts.Should().HaveCount(hosts);
        return coordinator;
    }

    private static List<Host> Probe(SyncCoordinator coordinator, PortState port, int first, int last) =>
        Opened(coordinator.Handle(new SyncInput.Probed([.. Enumerable.Range(first, last).Select(n => new ProbedHost(new HostName(Name(n)), port))]), Time(0.1)));

    private static List<Host> Opened(RunStep<SyncCommand> step) => [.. step.Commands.OfType<SyncCommand.Open>().Select(o => o.Host)];
}
