using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;

namespace TreePush.Core.Tests.Syncing;

public sealed class ChoosingATopology
{
    private static readonly SimulatedFleet Fleet = new() { Bytes = 16 << 20 };

    [Fact]
    public void Chain_crosses_from_zone_to_zone_once_each()
    {
        var run = SimulatedSync.Of("z1/B", "a[1-8]/A,b[1-8]/B,c[1-8]/C", Fleet, Shaped(TopologyKind.Chain));
        Crossings(run).Should().Be(2);
        run.Emitted<HostLinked>().GroupBy(e => e.Parent).Should().NotBeEmpty().And.OnlyContain(g => g.Count() == 1);
    }

    [Fact]
    public void Relays_are_started_in_order_of_zone_the_sources_own_first()
    {
        var run = SimulatedSync.Of("z1/B", "a1/A,b1/B,a2/A,b2/B", Fleet);
        run.Issued<SyncCommand.Open>().Select(o => o.Host.Name.Value).Should().Equal("z1", "b1", "b2", "a1", "a2");
    }

    [Fact]
    public void Data_flows_as_soon_as_the_first_pair_is_up()
    {
        var late = new HostProfile { Opening = TimeSpan.FromSeconds(20) };
        var run = SimulatedSync.Of("z1", "t[1-4]", Fleet with { Profiles = SimulatedSync.Only(("t2", late), ("t3", late), ("t4", late)) });
        run.Time("t1").Should().BeLessThan(3);
    }

    [Fact]
    public void Several_chains_leave_a_source()
    {
        var run = SimulatedSync.Of("z1", "t[01-12]", Fleet, Shaped(TopologyKind.Chain, 3));
        run.Emitted<HostLinked>().Count(e => e.Parent.Value == "z1").Should().Be(3);
        Depth(run).Should().Be(4);
    }

    [Fact]
    public void Tree_is_filled_from_the_top()
    {
        var run = SimulatedSync.Of("z1", "t[01-14]", Fleet with { Bytes = 200 << 20 }, Shaped(TopologyKind.Tree, 2));
        Depth(run).Should().Be(3);
    }

    [Fact]
    public void Hosts_that_are_up_to_date_serve()
    {
        var has = new HostProfile { Has = 1 };
        var run = SimulatedSync.Of("z1", "t[01-12]", Fleet with
        {
            Profiles = host => host.Name.Value is "t01" or "t02" or "t03" ? has with { Opening = TimeSpan.FromSeconds(0.1) } : HostProfile.Fair with { Opening = TimeSpan.FromSeconds(1) },
        });
        run.Emitted<HostLinked>().Where(e => e.Parent.Value is "t01" or "t02" or "t03").Select(e => e.Parent).Distinct().Should().HaveCount(3);
        run.Emitted<TargetServed>().Where(e => e.Target.Value is "t01" or "t02" or "t03").Should().NotBeEmpty().And.OnlyContain(e => e.Source == null && e.Receipt!.Received == 0);
    }

    [Fact]
    public void Further_sources_serve_chains_of_their_own()
    {
        var run = SimulatedSync.Of("z[1-3]", "t[01-30]", Fleet with { Profiles = h => new HostProfile { Opening = TimeSpan.FromSeconds(h.Name.Value[0] == 'z' ? 0.1 : 1 + (h.Name.Value[2] / 100.0)) } });
        foreach (string source in new[] { "z1", "z2", "z3" })
            run.Emitted<HostLinked>().Should().Contain(e => e.Parent.Value == source && e.Child.Value.StartsWith('t'));
    }

    [Fact]
    public void Further_source_that_differs_serves_nobody()
    {
        var run = SimulatedSync.Of("z[1-2]", "t[1-4]", Fleet with { Profiles = SimulatedSync.Only(("z2", new HostProfile { Has = 0.5 })) });
        run.Emitted<HostExcluded>().Single().Host.Value.Should().Be("z2");
        run.Emitted<HostLinked>().Should().NotContain(e => e.Parent.Value == "z2");
        run.Result.Succeeded.Should().Be(4);
    }

    [Theory]
    [InlineData(64 << 20, 16, 12.5e6, TopologyKind.Chain)]
    [InlineData(17 << 20, 195, 1.4e6, TopologyKind.Chain)]
    [InlineData(1 << 20, 10_000, 12.5e6, TopologyKind.Tree)]
    [InlineData(256 << 20, 47, 125e6, TopologyKind.Chain)]
    public void Little_for_many_makes_a_tree_and_much_a_chain(long bytes, int hosts, double rate, TopologyKind kind) =>
        TopologyChoice.Choose(bytes, hosts, rate, 0.002).Kind.Should().Be(kind);

    [Fact]
    public void Chosen_topology_is_told()
    {
        var run = SimulatedSync.Of("z1", "t[0001-1000]", Fleet with { Bytes = 1 << 20 });
        run.Emitted<TopologyChosen>().First().Topology.Kind.Should().Be(TopologyKind.Tree);
    }

    private static SyncPolicy Shaped(TopologyKind kind, int width = 1) => new() { Topology = new Topology(kind, width) };

    private static int Crossings(SimulatedSync run) => run.Emitted<HostLinked>().Count(e => Zone(e.Parent.Value) != Zone(e.Child.Value));

    private static char Zone(string host) => host[0] == 'z' ? 'b' : host[0];

    private static int Depth(SimulatedSync run)
    {
        var depths = new Dictionary<string, int> { ["z1"] = 0 };
        var links = run.Emitted<HostLinked>().OrderBy(e => e.Link).ToList();
        foreach (var link in links) depths[link.Child.Value] = depths[link.Parent.Value] + 1;
        return depths.Values.Max();
    }
}
