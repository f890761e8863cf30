namespace TreePush.Core.Pushing;

/// <summary>A host that has the files, and its record as a source.</summary>
internal sealed class Source(Host host, int order, bool isFirst)
{
    public Host Host { get; } = host;

    /// <summary>The order in which sources joined the pool. It breaks ties.</summary>
    public int Order { get; } = order;

    /// <summary>Whether the user gave the host as a source. Otherwise this run has served it.</summary>
    public bool IsFirst { get; } = isFirst;

    /// <summary>Whether a transfer from the source has succeeded.</summary>
    public bool HasServed { get; set; }

    public SourceState State { get; set; } = SourceState.Candidate;

    /// <summary>Whether the Engine has a connection to the source.</summary>
    public bool IsConnected { get; set; }

    /// <summary>The number of running transfers.</summary>
    public int Busy { get; set; }

    /// <summary>The number of transfers that failed since the last success.</summary>
    public int Failed { get; set; }

    /// <summary>The targets of the transfers that failed since the last success.</summary>
    public HashSet<Target> FailedTargets { get; } = [];

    /// <summary>While the source is suspected: the targets that failed from it and have not failed from another source since.</summary>
    public HashSet<Target> Accusers { get; } = [];

    /// <summary>How often the connection broke since the last success.</summary>
    public int Losses { get; set; }

    /// <summary>The zone that the source is being opened for; null if it will seed any zone that needs a copy.</summary>
    public Zone? OpeningFor { get; set; }

    /// <summary>How many waiting targets of that zone the source is meant to take.</summary>
    public int Claims { get; set; }

    public DateTimeOffset OpeningSince { get; set; }

    public HostName Name => Host.Name;

    public override string ToString() => $"{Name} ({State}, {Busy} busy)";
}
