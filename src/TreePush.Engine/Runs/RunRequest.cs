using TreePush.Core.Hosts;
using TreePush.Engine.Hosts;
using TreePush.Engine.Remote.OpenSsh;

namespace TreePush.Engine.Runs;

/// <summary>What a run was asked to do: all that <c>--resume</c> needs to go on with it. It is kept in the run's folder, readable by its owner only, since variables may be anything.</summary>
public sealed record RunRequest
{
    public required string Run { get; init; }

    public required string Command { get; init; }

    public required IReadOnlyList<Host> Sources { get; init; }

    public required IReadOnlyList<Host> Targets { get; init; }

    /// <summary>How the target list was written, for lists of what failed.</summary>
    public ListFormat Format { get; init; } = ListFormat.Default;

    /// <summary>Null to find the number.</summary>
    public int? Slots { get; init; }

    public int Retries { get; init; }

    public int MaxTransfers { get; init; }

    /// <summary>The limit for one transfer; null for none.</summary>
    public TimeSpan? Timeout { get; init; }

    public SshOptions Ssh { get; init; } = new();

    /// <summary>What is to be brought where, if the run is a <c>sync</c>; null for a push of a command.</summary>
    public SyncRequest? Sync { get; init; }
}
