namespace TreePush.Core.Pushing;

/// <summary>A host that wants the files, and the record of its transfers.</summary>
internal sealed class Target(Host host, Zone zone)
{
    /// <summary>How often a target's failures are blamed on suspected sources. The limit makes every run end.</summary>
    public const int MostExcuses = 2;

    public Host Host { get; } = host;

    public Zone Zone { get; } = zone;

    public TargetState State { get; set; } = TargetState.Waiting;

    /// <summary>The result of the probe.</summary>
    public PortState Port { get; set; } = PortState.Unknown;

    /// <summary>The number of transfers so far.</summary>
    public int Attempts { get; set; }

    /// <summary>The number of failures that count against the target.</summary>
    public int Failures { get; set; }

    /// <summary>The number of failures that were blamed on a suspected source instead.</summary>
    public int Excuses { get; set; }

    /// <summary>The sources that the target has failed from. Other sources are preferred to them.</summary>
    public HashSet<HostName> FailedFrom { get; } = [];

    /// <summary>The suspected sources that this target's failures are evidence against.</summary>
    public List<Source> Accused { get; } = [];

    /// <summary>
    /// Whether a given source should be tried next, because a served host could not log in to the target. This tells which of the
    /// two is at fault.
    /// </summary>
    public bool WantsFirstSource { get; set; }

    public Failure? LastFailure { get; set; }

    public HostName LastSource { get; set; }

    public HostName Name => Host.Name;

    public override string ToString() => $"{Name} ({State})";
}
