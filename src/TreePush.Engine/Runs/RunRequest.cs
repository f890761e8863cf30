using TreePush.Core.Hosts;
using TreePush.Engine.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Runs;

/// <summary>What a run was asked to do: all that <c>--resume</c> needs to go on with it. It is kept in the run's folder, readable by its owner only, since variables may be anything.</summary>
public sealed record RunRequest
{
    public required string Run { get; init; }

    /// <summary>What the run does: the command of a push, a sync in words.</summary>
    public required string Command { get; init; }

    public required IReadOnlyList<Host> Sources { get; init; }

    public required IReadOnlyList<Host> Targets { get; init; }

    /// <summary>How the target list was written, for lists of what failed.</summary>
    public ListFormat Format { get; init; } = ListFormat.Default;

    public SshOptions Ssh { get; init; } = new();

    public required Work Work { get; init; }
}
