using TreePush.Core.Hosts;
using TreePush.Engine.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Runs;

/// <summary>
/// What a run is asked to do: everything that <c>--resume</c> needs. It is kept in the run's folder, readable only by its
/// owner, because variables may contain secrets.
/// </summary>
public sealed record RunRequest
{
    public required string Run { get; init; }

    /// <summary>The command of a push; for a sync, a description.</summary>
    public required string Command { get; init; }

    public required IReadOnlyList<Host> Sources { get; init; }

    public required IReadOnlyList<Host> Targets { get; init; }

    /// <summary>The format of the target list, for lists of failed targets.</summary>
    public ListFormat Format { get; init; } = ListFormat.Default;

    public SshOptions Ssh { get; init; } = new();

    public required Work Work { get; init; }
}
