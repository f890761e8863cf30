namespace TreePush.Core.Pushing;

/// <summary>How long things have taken in this run, as moving averages: what the decisions on opening sources and crossing zones rest on.</summary>
internal sealed class TransferTimes
{
    /// <summary>The weight of the newest measurement.</summary>
    private const double Alpha = 0.2;

    /// <summary>What a connection is taken to cost until one has been measured; seen on a local network with OpenSSH 9.2.</summary>
    private static readonly TimeSpan UsualOpening = TimeSpan.FromSeconds(0.25);

    private Average _transfer, _inside, _across, _opening;

    /// <summary>The mean time of a successful transfer; null before the first.</summary>
    public TimeSpan? Transfer => _transfer.Value;

    /// <summary>The mean time to connect to a source.</summary>
    public TimeSpan Opening => _opening.Value ?? UsualOpening;

    /// <summary>Transfers cost hardly more than a connection does, so that connections are what to save.</summary>
    public bool AreShort => Transfer is { } transfer && transfer < 4 * Opening;

    /// <summary>Transfers between zones have turned out about as fast as those inside.</summary>
    public bool CrossingIsFine => _inside.Count >= 2 && _across.Count >= 2 && _across.Value <= 1.5 * _inside.Value;

    /// <summary>Transfers between zones have turned out much slower than those inside.</summary>
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
