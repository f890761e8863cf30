namespace TreePush.Core.Syncing;

/// <summary>The record of a host's links: the parents that it can't be attached to, and the accusations of corrupt data.</summary>
internal sealed class LinkRecord
{
    /// <summary>The parents that the host could not connect to, by route.</summary>
    public HashSet<(Node Parent, Route Route)> Unreachable { get; } = [];

    /// <summary>How often links from each parent failed since the last good link. Failures to connect are not counted.</summary>
    public Dictionary<Node, int> Failures { get; } = [];

    /// <summary>As a parent: the children that received corrupt data from this host.</summary>
    public HashSet<Node> Accusers { get; } = [];

    /// <summary>The parents that this host received corrupt data from.</summary>
    public HashSet<Node> Accused { get; } = [];

    /// <summary>As a parent: the children that could not connect directly, as long as none could.</summary>
    public HashSet<Node> Strangers { get; } = [];

    /// <summary>As a parent: whether a child has connected directly.</summary>
    public bool WasReached { get; set; }

    /// <summary>The number of links requested.</summary>
    public int Attempts { get; set; }

    /// <summary>Why the host's last failed link failed.</summary>
    public (LinkFault Fault, string Message)? LastFault { get; set; }
}
