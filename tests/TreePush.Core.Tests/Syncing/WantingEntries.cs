using TreePush.Core.Hosts;
using TreePush.Core.Manifests;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Syncing;

public sealed class WantingEntries
{
    private readonly WantedEntries _wanted = new();

    [Fact]
    public void Entries_are_passed_on_once_whoever_wants_them()
    {
        Want("a", new PieceRange(0, 10)).Should().Equal(new PieceRange(0, 10));
        Want("b", new PieceRange(5, 10)).Should().Equal(new PieceRange(10, 5));
        _wanted.All.Should().Equal(new PieceRange(0, 15));
    }

    /// <summary>The widest ranges there can be, a few bytes each on the wire, from thousands of hosts: walked number by number they would take hours.</summary>
    [Fact]
    public void Widest_ranges_cost_next_to_nothing()
    {
        for (int i = 0; i < 1000; i++)
        {
            Want($"h{i}", new PieceRange(0, Catalog.MostEntries)).Should().HaveCount(i == 0 ? 1 : 0);
            for (int again = 0; again < 1000; again++) Want($"h{i}", new PieceRange(0, Catalog.MostEntries)).Should().BeEmpty();
        }
    }

    [Fact]
    public void More_than_there_can_be_is_dropped()
    {
        Want("a", new PieceRange(0, PieceRange.MostPieces)).Should().BeEmpty();
        _wanted.All.Should().BeEmpty();
    }

    private IReadOnlyList<PieceRange> Want(string host, params PieceRange[] entries) => _wanted.Add(new HostName(host), entries);
}
