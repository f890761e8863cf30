using TreePush.Core.Hosts;

namespace TreePush.Core.Pushing;

/// <summary>A run before it starts.</summary>
/// <param name="Sources">The hosts that have the files (<c>-s</c>).</param>
/// <param name="Targets">The hosts that want them, in the order of their list.</param>
public sealed record PushPlan(IReadOnlyList<Host> Sources, IReadOnlyList<Host> Targets, PushPolicy Policy)
{
    /// <summary>The run's id and the command it runs: for those who read its events.</summary>
    public string Run { get; init; } = "";

    public string Command { get; init; } = "";

    /// <summary>Targets that an earlier part of the same run has served: they serve now, and are not served again.</summary>
    public IReadOnlyCollection<HostName> Served { get; init; } = [];
}
