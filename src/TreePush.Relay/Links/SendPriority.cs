using System.Diagnostics;

namespace TreePush.Relay.Links;

/// <summary>
/// Gives the program, which goes to hosts without a relay, priority over pieces. A run ends when its last host has everything,
/// and that host begins when it has its relay.
/// </summary>
internal sealed class SendPriority
{
    /// <summary>The longest time that pieces wait. One host that receives the program slowly must not hold up a whole chain.</summary>
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

    /// <summary>Waits until pieces may be sent.</summary>
    /// <param name="patience">The longest wait.</param>
    /// <returns>Whether pieces may be sent.</returns>
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
