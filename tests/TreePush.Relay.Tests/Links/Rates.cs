using TreePush.Relay.Links;

namespace TreePush.Relay.Tests.Links;

/// <summary>What may be sent, and what is measured.</summary>
public sealed class Rates
{
    private const int Piece = 256 << 10;

    [Fact]
    public void Whoever_must_wait_long_is_told_meanwhile()
    {
        var limit = new RateLimit(rate: 1_000_000);
        limit.TryTake(int.MaxValue, TimeSpan.Zero).Should().BeTrue("even the largest piece gets through");
        limit.TryTake(1, TimeSpan.Zero).Should().BeFalse("what went beyond the room must be paid for");
    }

    [Fact]
    public void Without_a_limit_nobody_waits() => new RateLimit(rate: 0).TryTake(int.MaxValue, TimeSpan.Zero).Should().BeTrue();

    [Fact]
    public void Pieces_wait_while_the_program_is_handed_out()
    {
        var way = new RightOfWay();
        way.IsFree(TimeSpan.Zero).Should().BeTrue();
        way.Take();
        way.Take();
        way.Yield();
        way.IsTaken.Should().BeTrue("another is still on its way");
        way.IsFree(TimeSpan.Zero).Should().BeFalse("a child is given a sign of life instead");
        new Thread(way.Yield).Start();
        way.IsFree(TimeSpan.FromMinutes(1)).Should().BeTrue();
    }

    [Fact]
    public void A_few_bursts_tell_what_a_link_can_do()
    {
        var meter = new BurstMeter();
        for (int burst = 0; burst < 2; burst++) Take(meter, nothingCame: true);
        meter.Rate.Should().Be(0, "two may be chance");
        Take(meter, nothingCame: true);
        meter.Rate.Should().BePositive();
    }

    [Fact]
    public void What_lay_waiting_tells_nothing()
    {
        var meter = new BurstMeter();
        for (int burst = 0; burst < 10; burst++) Take(meter, nothingCame: false);
        meter.Rate.Should().Be(0);
    }

    private static void Take(BurstMeter meter, bool nothingCame)
    {
        meter.Wait(nothingCame);
        meter.Begin();
        for (int left = Piece; left > 0;)
        {
            int next = meter.Next(left);
            meter.Came(next);
            left -= next;
        }
    }
}
