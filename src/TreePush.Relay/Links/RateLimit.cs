using System.Diagnostics;

namespace TreePush.Relay.Links;

/// <summary>What a relay may send over all its links together: a bucket that fills at the rate and holds a tenth of a second.</summary>
/// <param name="rate">Bytes per second; 0 for no limit.</param>
internal sealed class RateLimit(long rate)
{
    private readonly object _gate = new();
    private double _room = rate / 10.0;
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Waits until so much may be sent.</summary>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>False if it may not be sent yet.</returns>
    public bool TryTake(int bytes, TimeSpan patience)
    {
        if (rate == 0) return true;
        long asked = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            // What was sent beyond the room is paid for by whoever comes next, so that even the largest piece gets through.
            while (Refill() <= 0)
            {
                if (Stopwatch.GetElapsedTime(asked) >= patience) return false;
                Monitor.Wait(_gate, TimeSpan.FromSeconds(Math.Clamp(-_room / rate, 0.001, 0.1)));
            }

            _room -= bytes;
            return true;
        }
    }

    private double Refill()
    {
        long now = Stopwatch.GetTimestamp();
        _room = Math.Min(rate / 10.0, _room + (rate * Stopwatch.GetElapsedTime(_last, now).TotalSeconds));
        _last = now;
        return _room;
    }
}
