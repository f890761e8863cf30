namespace TreePush.Relay.Tests.Links;

/// <summary>A clock that stands still until it is advanced.</summary>
internal sealed class HandClock : TimeProvider
{
    public TimeSpan Elapsed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;

    public void Advance(TimeSpan by) => Elapsed += by;
}
