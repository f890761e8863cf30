namespace TreePush.Core.Syncing.Stragglers;

/// <summary>The rate of a link, from its parent's reports.</summary>
internal sealed class Pace
{
    private long _sent;
    private DateTimeOffset _time;

    /// <summary>The rate between the last two reports, or since the link came up, in bytes per second; null before the first report.</summary>
    public double? Rate { get; private set; }

    /// <summary>The rate before that. Buffers on the way fill and empty, so a single report shows little.</summary>
    public double? RateBefore { get; private set; }

    /// <summary>When the report before the last was made.</summary>
    public DateTimeOffset Before { get; private set; }

    /// <summary>
    /// Since when the child has been waiting, without a break, for bytes that its parent had. The rate since then is all that the
    /// link can carry. Null while the link keeps up.
    /// </summary>
    public DateTimeOffset? BusySince { get; private set; }

    /// <summary>Whether the link has been busy for this long, so that its rate shows what it can carry.</summary>
    public bool IsBusyFor(TimeSpan time) => BusySince is { } since && _time - since >= time;

    /// <summary>The number of consecutive reports with slow bursts.</summary>
    public int SlowBursts { get; set; }

    /// <summary>The bytes sent by the last report.</summary>
    public long Sent => _sent;

    public long Remaining { get; private set; } = long.MaxValue;

    /// <summary>The link is up from now on.</summary>
    public void Begin(DateTimeOffset now) => _time = now;

    /// <param name="at">When the parent measured the progress.</param>
    /// <param name="enough">How many bytes must be waiting for the link to count as busy.</param>
    public void Note(ChildProgress told, DateTimeOffset at, long enough)
    {
        if (at > _time) (RateBefore, Before) = (Rate, _time);
        if (at > _time) Rate = Math.Max(0, told.Sent - _sent) / (at - _time).TotalSeconds;
        if (told.Backlog < enough) BusySince = null;
        else BusySince ??= at;
        (_sent, _time, Remaining) = (told.Sent, at, told.Remaining);
    }
}
