namespace TreePush.Core.Syncing;

public enum TopologyKind
{
    /// <summary>Found from size, number of hosts and measured rate.</summary>
    Auto,

    /// <summary>Several chains, or one, leave each source; every other host has one child.</summary>
    Chain,

    /// <summary>Every host, sources included, has so many children.</summary>
    Tree,
}
