namespace TreePush.Core.Syncing;

public enum TopologyKind
{
    /// <summary>Chosen by size, number of hosts and measured rate.</summary>
    Auto,

    /// <summary>One or more chains start at each source; every other host has one child.</summary>
    Chain,

    /// <summary>Every host, including the sources, has the same number of children.</summary>
    Tree,
}
