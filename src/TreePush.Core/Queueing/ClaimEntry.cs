namespace TreePush.Core.Queueing;

/// <summary>What a <see cref="ClaimTable"/> knows of one host: how far it is, the lease that it holds, and how it serves as a source.</summary>
internal sealed class ClaimEntry(string name)
{
    public string Name { get; } = name;

    public string? Zone { get; set; }

    public HostProgress Progress { get; set; }

    /// <summary>The submission that its attempts belong to: the next one begins to count anew.</summary>
    public int Round { get; set; }

    /// <summary>Failed ones, the running one, and the one that it finished with.</summary>
    public int Attempts { get; set; }

    /// <summary>The source of the current or last attempt.</summary>
    public string? Source { get; set; }

    public DateTimeOffset? Since { get; set; }

    public DateTimeOffset? Ended { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>When it first found no free slot since its last attempt. Being woken does not lose it its place.</summary>
    public DateTimeOffset? WaitsSince { get; set; }

    /// <summary>Of its last claim.</summary>
    public long Token { get; set; }

    public DateTimeOffset Expires { get; set; }

    /// <summary>Sources at which it failed.</summary>
    public List<string> FailedAt { get; } = [];

    /// <summary>Whether it has the file, so that others may pull from it.</summary>
    public bool Serves { get; set; }

    public bool IsSuspected { get; set; }

    /// <summary>How many leases are held on it.</summary>
    public int Busy { get; set; }

    /// <summary>How many attempts failed there for a reason that may be its own.</summary>
    public int Faults { get; set; }

    /// <summary>Hosts that failed there since the last success.</summary>
    public List<string> Accusers { get; } = [];

    /// <summary>Begins to count attempts anew where the task was submitted again.</summary>
    public void EnterRound(int round)
    {
        if (Round == round) return;
        Round = round;
        if (Progress == HostProgress.Finished) return;
        if (Progress == HostProgress.Failed) (Progress, Ended) = (HostProgress.Waiting, null);
        Attempts = Progress == HostProgress.Running ? 1 : 0;
        (Reason, NotBefore) = (null, null);
        FailedAt.Clear();
    }

    /// <summary>Clears what others said against it.</summary>
    public void Absolve()
    {
        IsSuspected = false;
        Accusers.Clear();
    }

    public TaskHost ToHost() => new(Name, Zone, Progress, Source, Attempts, Since, Ended, Reason, Busy);
}
