namespace TreePush.Engine.Queueing;

/// <summary>What an agent is told by its own machine.</summary>
public sealed record AgentOptions
{
    /// <summary>
    /// Pulls from an rsync daemon whose module <c>treepush</c> is the root folder. The file appears under its name when it is whole; what
    /// came before a broken transfer is used by the next one. Files of equal size and time are compared all the same, for they may differ.
    /// </summary>
    public const string DefaultCommand =
        "rsync --times --ignore-times --partial-dir=.treepush-partial --timeout=60 --contimeout=15 \"rsync://$TPUSH_SRC/treepush$TPUSH_PATH\" \"$TPUSH_PATH\"";

    /// <summary>The agent's name, under which other hosts reach it.</summary>
    public required string Name { get; init; }

    /// <summary>Sources of the same zone are preferred.</summary>
    public string? Zone { get; init; }

    /// <summary>The folders below which the agent pulls files.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Files that originate here, or folders with such files. They are offered, and never written.</summary>
    public IReadOnlyList<string> Served { get; init; } = [];

    /// <summary>Run by <c>sh</c> to pull a file.</summary>
    public string Command { get; init; } = DefaultCommand;

    /// <summary>How long a claim stands without being renewed. It must be the store's own.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The limit for one transfer; null for none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>End when nothing is open for this agent.</summary>
    public bool Once { get; init; }

    /// <summary>What a task gets that this agent adopts from the plain key: how many hosts may pull from one source at a time.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>What a task gets that this agent adopts from the plain key: how often a host tries before it is given up.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How many files are pulled at the same time.</summary>
    public int Parallel { get; init; } = 4;
}
