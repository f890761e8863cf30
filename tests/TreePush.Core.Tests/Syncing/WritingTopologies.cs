using TreePush.Core.Syncing;

namespace TreePush.Core.Tests.Syncing;

public sealed class WritingTopologies
{
    [Theory]
    [InlineData("auto", TopologyKind.Auto, 1)]
    [InlineData("chain", TopologyKind.Chain, 1)]
    [InlineData("chain:4", TopologyKind.Chain, 4)]
    [InlineData("tree:2", TopologyKind.Tree, 2)]
    [InlineData("tree:1000", TopologyKind.Tree, 1000)]
    public void What_is_written_is_read_again(string text, TopologyKind kind, int width)
    {
        Topology.TryParse(text, out var topology).Should().BeTrue();
        topology.Should().Be(new Topology(kind, width));
        topology.ToString().Should().Be(text);
    }

    [Fact]
    public void A_tree_without_a_number_has_two_below_each_host()
    {
        Topology.TryParse("tree", out var topology).Should().BeTrue();
        topology.Should().Be(new Topology(TopologyKind.Tree, 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ring")]
    [InlineData("auto:2")]
    [InlineData("chain:")]
    [InlineData("chain:0")]
    [InlineData("tree:1001")]
    [InlineData("tree:-1")]
    [InlineData("chain:1:2")]
    public void Anything_else_is_refused(string text) => Topology.TryParse(text, out _).Should().BeFalse();
}
