namespace TreePush.Core.Syncing.Stragglers;

/// <summary>The measured rates of a host, as a receiver and as a parent.</summary>
internal sealed class PaceRecord
{
    private long _received;
    private DateTimeOffset? _time;

    /// <summary>When the host last reported; null before the first report.</summary>
    public DateTimeOffset? At => _time;

    /// <summary>The rate at which the host received between its last two reports, in bytes per second.</summary>
    public double Inflow { get; private set; }

    /// <summary>The highest rate at which the host received between two reports, in bytes per second.</summary>
    public double BestInflow { get; private set; }

    /// <summary>How fast pieces arrive over the present link while they arrive, in bytes per second; 0 while unknown.</summary>
    public double Burst { get; private set; }

    /// <summary>The trial in progress after a child was moved away from this host: it shows whether the move gained anything.</summary>
    public Trial? Trial { get; set; }

    /// <summary>The number of fruitless moves away from this host. Each doubles the evidence that the next move requires.</summary>
    public int Fruitless { get; set; }

    public void Note(HostProgress told, DateTimeOffset at)
    {
        if (_time < at) Inflow = Math.Max(0, told.Received - _received) / (at - _time.Value).TotalSeconds;
        BestInflow = Math.Max(BestInflow, Inflow);
        (_received, _time, Burst) = (told.Received, at, told.Burst);
    }

    /// <summary>The host receives over another link; the measurements of the old link do not apply to it.</summary>
    public void Relinked() => Burst = 0;
}
