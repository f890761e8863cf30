using TreePush.Core.Syncing.Stragglers;

namespace TreePush.Core.Syncing;

/// <summary>A child attached to a parent, or about to be.</summary>
internal sealed class Link(int number, Node parent, Node child, Route route, DateTimeOffset asked)
{
    public int Number { get; } = number;

    public Node Parent { get; } = parent;

    public Node Child { get; } = child;

    public Route Route { get; } = route;

    public DateTimeOffset Asked { get; } = asked;

    /// <summary>When it began to stand; null while it is being made.</summary>
    public DateTimeOffset? Since { get; set; }

    public bool Stands => Since is not null;

    /// <summary>The books have let go of it: what is still heard of it says nothing.</summary>
    public bool IsOver { get; set; }

    /// <summary>What its parent last told of it, and how fast it turned out to be.</summary>
    public Pace Pace { get; } = new();

    public override string ToString() => $"{Number}: {Parent.Name} > {Child.Name} ({(Stands ? "stands" : "pending")})";
}
