using System.Diagnostics;

namespace TreePush.Relay.Links;

/// <summary>
/// Measures the rate that a link can carry, even if its parent has less to send: content that arrives without a pause is timed.
/// The measurement begins when no received data is waiting to be read, and skips what a traffic shaper may have saved up, so that
/// no link looks faster than it is. A link that looks too fast would make its neighbours look slow.
/// </summary>
internal sealed class BurstMeter
{
    /// <summary>The bytes at the start of a burst that are not timed.</summary>
    private const int SavedUp = 128 << 10;

    /// <summary>The bytes after that which are timed.</summary>
    private const int Timed = 64 << 10;

    private const int LeastSamples = 3;
    private const int MostSamples = 8;

    /// <summary>A longer wait than this separates bursts: frames that are sent one after the other arrive within this time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Queue<long> _samples = new();
    private long _asked, _since, _rate;
    private int _bytes;
    private bool _nothingCame, _isCounting;

    /// <summary>The rate over the last few bursts, in bytes per second; 0 while unknown. For any thread.</summary>
    public long Rate => Volatile.Read(ref _rate);

    /// <summary>The reader waits for a frame.</summary>
    /// <param name="nothingCame">Whether no byte of the frame has arrived yet.</param>
    public void Wait(bool nothingCame) => (_asked, _nothingCame) = (Stopwatch.GetTimestamp(), nothingCame);

    /// <summary>The frame has begun to arrive.</summary>
    public void Begin()
    {
        if (_nothingCame && (!_isCounting || Stopwatch.GetElapsedTime(_asked) >= Pause)) (_bytes, _isCounting) = (0, true);
    }

    /// <summary>Returns how many of the next <paramref name="bytes"/> bytes to read before <see cref="Came"/> is called.</summary>
    public int Next(int bytes) => _isCounting && _bytes < SavedUp ? Math.Min(bytes, SavedUp - _bytes) : bytes;

    /// <summary>This many bytes were read.</summary>
    public void Came(int bytes)
    {
        if (!_isCounting) return;
        _bytes += bytes;
        if (_bytes == SavedUp) _since = Stopwatch.GetTimestamp();
        if (_bytes < SavedUp + Timed) return;
        _isCounting = false;
        Add((long)((_bytes - SavedUp) / Math.Max(Stopwatch.GetElapsedTime(_since).TotalSeconds, 1e-6)));
    }

    /// <summary>Adds a sample. A reader that is late at the start of a burst measures too high a rate, so the lower quartile is used.</summary>
    private void Add(long sample)
    {
        _samples.Enqueue(sample);
        if (_samples.Count > MostSamples) _samples.Dequeue();
        if (_samples.Count >= LeastSamples) Volatile.Write(ref _rate, _samples.Order().ElementAt(_samples.Count / 4));
    }
}
