namespace TreePush.Relay.Tests;

public sealed class TimedWaitTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(9_999, 1)]
    [InlineData(10_001, 2)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void A_limit_is_rounded_up_to_whole_milliseconds(long ticks, int milliseconds) =>
        TimedWait.Milliseconds(TimeSpan.FromTicks(ticks)).Should().Be(milliseconds);

    [Fact]
    public void No_limit_stays_none() => TimedWait.Milliseconds(Timeout.InfiniteTimeSpan).Should().Be(Timeout.Infinite);
}
