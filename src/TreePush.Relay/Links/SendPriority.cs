using System.Diagnostics;

namespace TreePush.Relay.Links;

/// <summary>
/// Lets the program that is handed to a host without a relay go before the pieces: a run is over when its last host has
/// everything, and that one begins when it has its relay.
/// </summary>
internal sealed class SendPriority
{
    /// <summary>How long pieces wait at most: one host that takes the program slowly must not hold up a whole chain.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private long _since;
    private int _taken;

    /// <summary>Whether pieces have to wait.</summary>
    public bool IsTaken
    {
        get
        {
            lock (_gate) return Left > TimeSpan.Zero;
        }
    }

    private TimeSpan Left => _taken == 0 ? TimeSpan.Zero : Longest - Stopwatch.GetElapsedTime(_since);

    public void Take()
    {
        lock (_gate)
            if (_taken++ == 0) _since = Stopwatch.GetTimestamp();
    }

    public void Yield()
    {
        lock (_gate)
        {
            _taken--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until pieces may go.</summary>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>Whether they may.</returns>
    public bool IsFree(TimeSpan patience)
    {
        long asked = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            for (TimeSpan left; (left = Left) > TimeSpan.Zero;)
            {
                var still = patience - Stopwatch.GetElapsedTime(asked);
                if (still <= TimeSpan.Zero) return false;
                TimedWait.For(_gate, left < still ? left : still);
            }

            return true;
        }
    }
}
