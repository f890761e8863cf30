using System.Diagnostics;
using TreePush.Core.Wire;

namespace TreePush.Relay.Links;

/// <summary>
/// Measures what a link can do, also where its parent has less to send than that: content that comes without a pause is
/// timed from a moment at which nothing had come yet, so that bytes that lay waiting make no link look faster than it is.
/// </summary>
internal sealed class BurstMeter
{
    /// <summary>Bytes that are timed at a time: fewer may have been saved up by some shaper on the way.</summary>
    private const int LeastBytes = 128 << 10;

    private const int LeastSamples = 3;
    private const int MostSamples = 5;

    /// <summary>A wait for a frame that is longer than what separates frames that are sent one behind the other.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Queue<long> _samples = new();
    private long _asked, _since, _bytes, _rate;
    private bool _nothingCame, _isTiming;

    /// <summary>Bytes a second, typical of the last few bursts; 0 while it is not known. From any thread.</summary>
    public long Rate => Volatile.Read(ref _rate);

    /// <summary>A frame is waited for.</summary>
    /// <param name="nothingCame">None of it is here yet.</param>
    public void Wait(bool nothingCame) => (_asked, _nothingCame) = (Stopwatch.GetTimestamp(), nothingCame);

    /// <summary>The frame has begun.</summary>
    public void Begin()
    {
        if (!_nothingCame || (_isTiming && Stopwatch.GetElapsedTime(_asked) < Pause)) return;
        (_since, _bytes, _isTiming) = (Stopwatch.GetTimestamp(), 0, true);
    }

    /// <summary>The frame is here to its end.</summary>
    public void End(int payload)
    {
        _bytes += Frame.HeaderSize + payload;
        if (!_isTiming || _bytes < LeastBytes) return;
        _isTiming = false;
        _samples.Enqueue((long)(_bytes / Math.Max(Stopwatch.GetElapsedTime(_since).TotalSeconds, 1e-6)));
        if (_samples.Count > MostSamples) _samples.Dequeue();
        if (_samples.Count >= LeastSamples) Volatile.Write(ref _rate, _samples.Order().ElementAt(_samples.Count / 2));
    }
}
