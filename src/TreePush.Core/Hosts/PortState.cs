namespace TreePush.Core.Hosts;

/// <summary>The result of the controller's probe of a host's ssh port. Hosts are tried in this order.</summary>
public enum PortState
{
    /// <summary>The port accepts connections.</summary>
    Answered,

    /// <summary>The host was not probed, or this machine can't resolve its name: an alias of ssh_config, a host behind a jump host.</summary>
    Unknown,

    /// <summary>The connection was refused or timed out. The host may still be reachable from another host, or through a jump host.</summary>
    Silent,
}
