using System.Diagnostics;

namespace TreePush.Relay.Links;

/// <summary>
/// Measures what a link can do, also where its parent has less to send than that: content that comes without a pause is
/// timed. The count begins where nothing lay waiting to be read, and without what a topologies on the way may have saved up,
/// so that no link looks faster than it is: that would make its neighbours look slow.
/// </summary>
internal sealed class BurstMeter
{
    /// <summary>What comes first is not timed.</summary>
    private const int SavedUp = 128 << 10;

    /// <summary>So much of what follows is.</summary>
    private const int Timed = 64 << 10;

    private const int LeastSamples = 3;
    private const int MostSamples = 8;

    /// <summary>A wait for a frame that is longer than what separates frames that are sent one behind the other.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Queue<long> _samples = new();
    private long _asked, _since, _rate;
    private int _bytes;
    private bool _nothingCame, _isCounting;

    /// <summary>Bytes a second, from the last few bursts; 0 while it is not known. From any thread.</summary>
    public long Rate => Volatile.Read(ref _rate);

    /// <summary>A frame is waited for.</summary>
    /// <param name="nothingCame">None of it is here yet.</param>
    public void Wait(bool nothingCame) => (_asked, _nothingCame) = (Stopwatch.GetTimestamp(), nothingCame);

    /// <summary>The frame has begun.</summary>
    public void Begin()
    {
        if (_nothingCame && (!_isCounting || Stopwatch.GetElapsedTime(_asked) >= Pause)) (_bytes, _isCounting) = (0, true);
    }

    /// <summary>How much to read before <see cref="Came"/> is called, of so many bytes.</summary>
    public int Next(int bytes) => _isCounting && _bytes < SavedUp ? Math.Min(bytes, SavedUp - _bytes) : bytes;

    /// <summary>So much has been read.</summary>
    public void Came(int bytes)
    {
        if (!_isCounting) return;
        _bytes += bytes;
        if (_bytes == SavedUp) _since = Stopwatch.GetTimestamp();
        if (_bytes < SavedUp + Timed) return;
        _isCounting = false;
        Add((long)((_bytes - SavedUp) / Math.Max(Stopwatch.GetElapsedTime(_since).TotalSeconds, 1e-6)));
    }

    /// <summary>A reader that is late at the beginning of a burst sees it faster than it was: the lower quarter is believed.</summary>
    private void Add(long sample)
    {
        _samples.Enqueue(sample);
        if (_samples.Count > MostSamples) _samples.Dequeue();
        if (_samples.Count >= LeastSamples) Volatile.Write(ref _rate, _samples.Order().ElementAt(_samples.Count / 4));
    }
}
