namespace TreePush.Core.Pushing;

/// <summary>Moving averages of durations in this run. The decisions to open sources and to cross zones depend on them.</summary>
internal sealed class TransferTimes
{
    /// <summary>The weight of the newest measurement.</summary>
    private const double Alpha = 0.2;

    /// <summary>The assumed time of a connection before one was measured; measured on a local network with OpenSSH 9.2.</summary>
    private static readonly TimeSpan UsualOpening = TimeSpan.FromSeconds(0.25);

    private Average _transfer, _inside, _across, _opening;

    /// <summary>The mean duration of a successful transfer; null before the first.</summary>
    public TimeSpan? Transfer => _transfer.Value;

    /// <summary>The mean time to connect to a source.</summary>
    public TimeSpan Opening => _opening.Value ?? UsualOpening;

    /// <summary>Whether a transfer takes hardly longer than a connection. It then pays to save connections.</summary>
    public bool AreShort => Transfer is { } transfer && transfer < 4 * Opening;

    /// <summary>Whether transfers between zones are about as fast as those inside a zone.</summary>
    public bool CrossingIsFine => _inside.Count >= 2 && _across.Count >= 2 && _across.Value <= 1.5 * _inside.Value;

    /// <summary>Whether transfers between zones are much slower than those inside a zone.</summary>
    public bool CrossingIsSlow => _inside.Count >= 2 && _across.Count >= 2 && _across.Value > 1.5 * _inside.Value;

    public void AddTransfer(bool inside, TimeSpan took)
    {
        _transfer.Add(took);
        if (inside) _inside.Add(took);
        else _across.Add(took);
    }

    public void AddOpening(TimeSpan took) => _opening.Add(took);

    private struct Average
    {
        private double _seconds;

        public int Count { get; private set; }

        public readonly TimeSpan? Value => Count == 0 ? null : TimeSpan.FromSeconds(_seconds);

        public void Add(TimeSpan took)
        {
            _seconds = Count == 0 ? took.TotalSeconds : ((1 - Alpha) * _seconds) + (Alpha * took.TotalSeconds);
            Count++;
        }
    }
}
