using TreePush.Cli.Output.Queueing;
using TreePush.Core.Queueing;

namespace TreePush.Cli.Tests.Output.Queueing;

public sealed class TaskTreeTests
{
    [Fact]
    public void Every_host_is_below_the_one_that_serves_it() =>
        Shown(ImaginedTask.View.Hosts).Should().Equal("0 a1", "1 a2", "2 a4", "1 a3");

    [Fact]
    public void Hosts_that_have_pulled_from_each_other_are_listed_once()
    {
        TaskHost[] hosts = [Pulled("a", "b"), Pulled("b", "a"), Pulled("c", "b")];
        Shown(hosts).Should().Equal("0 a", "1 b", "2 c");
    }

    [Fact]
    public void A_host_whose_source_is_gone_begins_a_tree() => Shown([Pulled("a", "gone"), Pulled("b", "a")]).Should().Equal("0 a", "1 b");

    [Fact]
    public void A_chain_of_ten_thousand_hosts_is_walked()
    {
        var hosts = Enumerable.Range(0, 10_000).Select(i => Pulled($"h{i:00000}", $"h{i - 1:00000}")).ToList();
        TaskTree.Walk(hosts).Last().Depth.Should().Be(9_999);
    }

    private static TaskHost Pulled(string name, string source) => ImaginedTask.Host(name, HostProgress.Finished) with { Source = source };

    private static IEnumerable<string> Shown(IReadOnlyList<TaskHost> hosts) => TaskTree.Walk(hosts).Select(r => $"{r.Depth} {r.Host.Name}");
}
