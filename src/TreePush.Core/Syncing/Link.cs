using TreePush.Core.Syncing.Stragglers;

namespace TreePush.Core.Syncing;

/// <summary>A child attached to a parent, or about to be attached.</summary>
internal sealed class Link(int number, Node parent, Node child, Route route, DateTimeOffset asked)
{
    public int Number { get; } = number;

    public Node Parent { get; } = parent;

    public Node Child { get; } = child;

    public Route Route { get; } = route;

    public DateTimeOffset Asked { get; } = asked;

    /// <summary>When the link came up; null while it is being made.</summary>
    public DateTimeOffset? Since { get; set; }

    public bool Stands => Since is not null;

    /// <summary>Whether the link is over. Later messages about it are ignored.</summary>
    public bool IsOver { get; set; }

    /// <summary>The parent's last report about the link, and the measured rate.</summary>
    public Pace Pace { get; } = new();

    public override string ToString() => $"{Number}: {Parent.Name} > {Child.Name} ({(Stands ? "stands" : "pending")})";
}
