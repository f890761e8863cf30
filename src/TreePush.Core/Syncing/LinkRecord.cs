namespace TreePush.Core.Syncing;

/// <summary>How a host's links have fared: whom it can't be attached to, and who speaks against whom.</summary>
internal sealed class LinkRecord
{
    /// <summary>Parents that it could not connect to, by route.</summary>
    public HashSet<(Node Parent, Route Route)> Unreachable { get; } = [];

    /// <summary>How often links from each parent failed since the last one that did well; what could not be reached is not counted.</summary>
    public Dictionary<Node, int> Failures { get; } = [];

    /// <summary>As a parent: children that got spoiled data from it.</summary>
    public HashSet<Node> Accusers { get; } = [];

    /// <summary>Parents from which it got spoiled data.</summary>
    public HashSet<Node> Accused { get; } = [];

    /// <summary>As a parent: children that could not connect to it directly, as long as none could.</summary>
    public HashSet<Node> Strangers { get; } = [];

    /// <summary>As a parent: a child has connected to it directly.</summary>
    public bool WasReached { get; set; }

    /// <summary>Links asked for.</summary>
    public int Attempts { get; set; }

    /// <summary>What its last failed link failed of.</summary>
    public (LinkFault Fault, string Message)? LastFault { get; set; }
}
