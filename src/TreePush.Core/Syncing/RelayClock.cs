namespace TreePush.Core.Syncing;

/// <summary>
/// A relay's clock, set by ours: the message that took the shortest way tells by how much they differ. So the time between two
/// of its reports is what passed there, however long each of them waited on the way.
/// </summary>
public sealed class RelayClock
{
    private DateTimeOffset? _start;

    /// <param name="milliseconds">From the relay's start.</param>
    /// <param name="now">When the message came.</param>
    /// <returns>When it was written; never later than now.</returns>
    public DateTimeOffset TimeOf(int milliseconds, DateTimeOffset now)
    {
        var since = TimeSpan.FromMilliseconds(milliseconds);
        var start = now - since;
        if (_start is not { } known || start < known) _start = start;
        return _start.Value + since;
    }
}
