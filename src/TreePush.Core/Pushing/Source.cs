namespace TreePush.Core.Pushing;

/// <summary>A host that has the files, and how it has done as a source.</summary>
internal sealed class Source(Host host, int order, bool isFirst)
{
    public Host Host { get; } = host;

    /// <summary>The order in which sources came to the pool: the last word where all else is equal.</summary>
    public int Order { get; } = order;

    /// <summary>It was given by the user as a source, rather than served by this run.</summary>
    public bool IsFirst { get; } = isFirst;

    /// <summary>A transfer from it has succeeded.</summary>
    public bool HasServed { get; set; }

    public SourceState State { get; set; } = SourceState.Candidate;

    /// <summary>The Engine holds a connection to it.</summary>
    public bool IsConnected { get; set; }

    /// <summary>Transfers under way.</summary>
    public int Busy { get; set; }

    /// <summary>Transfers failed since its last success.</summary>
    public int Failed { get; set; }

    /// <summary>Different targets failed since its last success.</summary>
    public HashSet<Target> FailedTargets { get; } = [];

    /// <summary>While suspected: the targets that it failed and that have not failed from elsewhere since.</summary>
    public HashSet<Target> Accusers { get; } = [];

    /// <summary>How often its connection went away since its last success.</summary>
    public int Losses { get; set; }

    /// <summary>The zone whose targets it is being opened for; null where it is to seed whichever zone comes next.</summary>
    public Zone? OpeningFor { get; set; }

    /// <summary>How many of that zone's waiting targets it is meant to take.</summary>
    public int Claims { get; set; }

    public DateTimeOffset OpeningSince { get; set; }

    public HostName Name => Host.Name;

    public override string ToString() => $"{Name} ({State}, {Busy} busy)";
}
