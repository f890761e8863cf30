using TreePush.Core.Hosts;

namespace TreePush.Core.Broadcasting;

/// <summary>A broadcast before it starts.</summary>
/// <param name="Sources">The hosts that have the files (<c>-s</c>). The first that answers writes the ledger; the others serve what they have in common with it.</param>
/// <param name="Targets">The hosts that want them, in the order of their list.</param>
public sealed record BroadcastPlan(IReadOnlyList<Host> Sources, IReadOnlyList<Host> Targets, BroadcastPolicy Policy)
{
    /// <summary>The run's id, and what it does in words: for those who read its events.</summary>
    public string Run { get; init; } = "";

    public string Command { get; init; } = "";

    /// <summary>Targets that an earlier part of the same run has served: they count, and nothing is done about them.</summary>
    public IReadOnlyCollection<HostName> Served { get; init; } = [];
}
