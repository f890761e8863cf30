namespace TreePush.Relay.Links;

/// <summary>Limits what a relay sends over all its links together: a token bucket that fills at the rate and holds a tenth of a second.</summary>
/// <param name="rate">The rate in bytes per second; 0 for no limit.</param>
/// <param name="time">The clock; the system's by default.</param>
internal sealed class RateLimit(long rate, TimeProvider? time = null)
{
    private readonly object _gate = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private double _room = rate / 10.0;
    private long _last = (time ?? TimeProvider.System).GetTimestamp();

    /// <summary>Waits until this many bytes may be sent.</summary>
    /// <param name="patience">The longest wait.</param>
    /// <returns>False if the bytes may not be sent yet.</returns>
    public bool TryTake(int bytes, TimeSpan patience)
    {
        if (rate == 0) return true;
        long asked = _time.GetTimestamp();
        lock (_gate)
        {
            // The bucket may go below zero, which the next caller waits for. So even the largest piece passes.
            while (Refill() <= 0)
            {
                if (_time.GetElapsedTime(asked) >= patience) return false;
                TimedWait.For(_gate, TimeSpan.FromSeconds(Math.Clamp(-_room / rate, 0.001, 0.1)));
            }

            _room -= bytes;
            return true;
        }
    }

    private double Refill()
    {
        long now = _time.GetTimestamp();
        _room = Math.Min(rate / 10.0, _room + (rate * _time.GetElapsedTime(_last, now).TotalSeconds));
        _last = now;
        return _room;
    }
}
