namespace TreePush.Core.Pushing;

/// <summary>A host that wants the files, and what has been tried for it.</summary>
internal sealed class Target(Host host, Zone zone)
{
    /// <summary>A target's failures are blamed on suspected sources at most this often, so that every run ends.</summary>
    public const int MostExcuses = 2;

    public Host Host { get; } = host;

    public Zone Zone { get; } = zone;

    public TargetState State { get; set; } = TargetState.Waiting;

    /// <summary>What the probe has shown of it.</summary>
    public PortState Port { get; set; } = PortState.Unknown;

    /// <summary>Transfers to it so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Failures that count against it.</summary>
    public int Failures { get; set; }

    /// <summary>Failures that were put down to a suspected source instead.</summary>
    public int Excuses { get; set; }

    /// <summary>Sources it has failed from, and which other sources are preferred to.</summary>
    public HashSet<HostName> FailedFrom { get; } = [];

    /// <summary>The suspected sources that its failures speak against.</summary>
    public List<Source> Accused { get; } = [];

    /// <summary>A host served by this run could not log in to it: one of the run's first sources is to tell whose fault that is.</summary>
    public bool WantsFirstSource { get; set; }

    public Failure? LastFailure { get; set; }

    public HostName LastSource { get; set; }

    public HostName Name => Host.Name;

    public override string ToString() => $"{Name} ({State})";
}
