namespace TreePush.Core.Syncing.Stragglers;

/// <summary>What is known of a host's speed, as a receiver and as a parent.</summary>
internal sealed class PaceRecord
{
    private long _received;
    private DateTimeOffset? _time;

    /// <summary>When it last told; null before the first time.</summary>
    public DateTimeOffset? At => _time;

    /// <summary>What it received between its last two reports, in bytes a second.</summary>
    public double Inflow { get; private set; }

    /// <summary>The most that it has received between two reports, in bytes a second.</summary>
    public double BestInflow { get; private set; }

    /// <summary>How fast pieces come in while they come, over its present link; 0 while it is not known.</summary>
    public double Burst { get; private set; }

    /// <summary>A child was moved away from here: whether that brought anything is being watched.</summary>
    public Trial? Trial { get; set; }

    /// <summary>Moves away from here that brought nothing: each doubles the evidence that the next one takes.</summary>
    public int Fruitless { get; set; }

    public void Note(HostProgress told, DateTimeOffset at)
    {
        if (_time < at) Inflow = Math.Max(0, told.Received - _received) / (at - _time.Value).TotalSeconds;
        BestInflow = Math.Max(BestInflow, Inflow);
        (_received, _time, Burst) = (told.Received, at, told.Burst);
    }

    /// <summary>It receives over another link: what the old one did says nothing of that.</summary>
    public void Relinked() => Burst = 0;
}
