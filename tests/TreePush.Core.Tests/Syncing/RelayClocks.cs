using TreePush.Core.Syncing;

namespace TreePush.Core.Tests.Syncing;

public sealed class RelayClocks
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Times_between_reports_are_the_relays_own()
    {
        var clock = new RelayClock();
        var first = clock.TimeOf(1000, Start.AddSeconds(10));
        clock.TimeOf(1500, Start.AddSeconds(14)).Should().Be(first.AddSeconds(0.5));
        clock.TimeOf(2000, Start.AddSeconds(14)).Should().Be(first.AddSeconds(1));
    }

    [Fact]
    public void The_shortest_way_tells_the_difference_between_the_clocks()
    {
        var clock = new RelayClock();
        clock.TimeOf(0, Start.AddSeconds(5));
        clock.TimeOf(6000, Start.AddSeconds(8)).Should().Be(Start.AddSeconds(8));
        clock.TimeOf(7000, Start.AddSeconds(12)).Should().Be(Start.AddSeconds(9));
    }

    [Fact]
    public void No_report_is_from_the_future()
    {
        var clock = new RelayClock();
        clock.TimeOf(0, Start);
        clock.TimeOf(int.MaxValue, Start.AddSeconds(1)).Should().Be(Start.AddSeconds(1));
    }
}
