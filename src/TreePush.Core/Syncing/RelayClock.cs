namespace TreePush.Core.Syncing;

/// <summary>
/// Converts a relay's clock to the controller's. The message with the shortest delay gives the difference of the clocks. The time
/// between two reports is therefore the time that passed on the host, however long each report was delayed.
/// </summary>
public sealed class RelayClock
{
    private DateTimeOffset? _start;

    /// <param name="milliseconds">The time since the relay's start.</param>
    /// <param name="now">When the message arrived.</param>
    /// <returns>When the message was written; never later than now.</returns>
    public DateTimeOffset TimeOf(int milliseconds, DateTimeOffset now)
    {
        var since = TimeSpan.FromMilliseconds(milliseconds);
        var start = now - since;
        if (_start is not { } known || start < known) _start = start;
        return _start.Value + since;
    }
}
