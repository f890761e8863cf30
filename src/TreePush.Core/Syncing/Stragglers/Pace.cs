namespace TreePush.Core.Syncing.Stragglers;

/// <summary>How fast a link is, from what its parent tells of it.</summary>
internal sealed class Pace
{
    private long _sent;
    private DateTimeOffset _time;

    /// <summary>What went over it between the last two reports, in bytes a second; null before the first.</summary>
    public double? Rate { get; private set; }

    /// <summary>The rate before that. What lies in buffers on the way comes and goes: one report tells little.</summary>
    public double? RateBefore { get; private set; }

    /// <summary>When the report before the last was made.</summary>
    public DateTimeOffset Before { get; private set; }

    /// <summary>Since when its child has waited, without a break, for bytes that its parent had: its rate since then is all that the link can do. Null while it keeps up.</summary>
    public DateTimeOffset? BusySince { get; private set; }

    /// <summary>Whether it has been busy for so long, so that its rate tells what it can do.</summary>
    public bool IsBusyFor(TimeSpan time) => BusySince is { } since && _time - since >= time;

    /// <summary>Reports in a row that told of slow bursts.</summary>
    public int SlowBursts { get; set; }

    /// <summary>What went over it by the last report, in bytes.</summary>
    public long Sent => _sent;

    public long Remaining { get; private set; } = long.MaxValue;

    /// <summary>The link stands from now on.</summary>
    public void Begin(DateTimeOffset now) => _time = now;

    /// <param name="at">When the parent measured it.</param>
    /// <param name="enough">How much must be waiting for the link to count as busy, in bytes.</param>
    public void Note(ChildProgress told, DateTimeOffset at, long enough)
    {
        if (at > _time) (RateBefore, Before) = (Rate, _time);
        if (at > _time) Rate = Math.Max(0, told.Sent - _sent) / (at - _time).TotalSeconds;
        if (told.Backlog < enough) BusySince = null;
        else BusySince ??= at;
        (_sent, _time, Remaining) = (told.Sent, at, told.Remaining);
    }
}
