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

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(30_000)]
    [InlineData(2_000_000_000)]
    public void No_more_is_sent_than_the_rate_allows(long rate)
    {
        var clock = new HandClock();
        var limit = new RateLimit(rate, clock);
        var random = new Random(1);
        long sent = 0;
        for (int i = 0; i < 10_000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(20)));
            int bytes = random.Next(1, Piece);
            if (limit.TryTake(bytes, TimeSpan.Zero)) sent += bytes;
            sent.Should().BeLessThanOrEqualTo((long)(rate * (clock.Elapsed.TotalSeconds + 0.1)) + Piece, "a tenth of a second may come at once, and the last piece is paid for later");
        }

        sent.Should().BeGreaterThan(Math.Min(5_000L * Piece / 3, (long)(rate * (clock.Elapsed.TotalSeconds - 1))), "what the rate allows is sent");
    }

    [Fact]
    public void Time_without_sending_earns_no_more_than_a_tenth_of_a_second()
    {
        var clock = new HandClock();
        var limit = new RateLimit(rate: 1_000_000, clock);
        clock.Advance(TimeSpan.FromHours(1));
        limit.TryTake(100_000, TimeSpan.Zero).Should().BeTrue();
        limit.TryTake(1, TimeSpan.Zero).Should().BeFalse();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        limit.TryTake(1, TimeSpan.Zero).Should().BeTrue();
    }

    [Fact]
    public void Without_a_limit_nobody_waits() => new RateLimit(rate: 0).TryTake(int.MaxValue, TimeSpan.Zero).Should().BeTrue();

    [Fact]
    public void Pieces_wait_while_the_program_is_handed_out()
    {
        var way = new SendPriority();
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
