namespace TreePush.Testing;

/// <summary>What connects the machines of a fleet.</summary>
public enum NetworkKind
{
    /// <summary>Addresses of one loopback interface: quick to make, and nothing about it can be changed.</summary>
    Loopback,

    /// <summary>
    /// Every host and the controller have a network interface of their own on a switch of the fleet's: links can be cut,
    /// shaped, counted and forbidden. All data directories lie in memory.
    /// </summary>
    Private,
}
