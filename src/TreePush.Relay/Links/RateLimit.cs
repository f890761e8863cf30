namespace TreePush.Relay.Links;

/// <summary>What a relay may send over all its links together: a bucket that fills at the rate and holds a tenth of a second.</summary>
/// <param name="rate">Bytes per second; 0 for no limit.</param>
/// <param name="time">Whose clock fills the bucket; the system's unless given.</param>
internal sealed class RateLimit(long rate, TimeProvider? time = null)
{
    private readonly object _gate = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private double _room = rate / 10.0;
    private long _last = (time ?? TimeProvider.System).GetTimestamp();

    /// <summary>Waits until so much may be sent.</summary>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>False if it may not be sent yet.</returns>
    public bool TryTake(int bytes, TimeSpan patience)
    {
        if (rate == 0) return true;
        long asked = _time.GetTimestamp();
        lock (_gate)
        {
            // What was sent beyond the room is paid for by whoever comes next, so that even the largest piece gets through.
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
