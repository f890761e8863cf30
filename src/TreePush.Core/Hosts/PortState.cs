namespace TreePush.Core.Hosts;

/// <summary>What the controller's probe of a host's ssh port has shown. Hosts are tried in this order.</summary>
public enum PortState
{
    /// <summary>Something takes connections there.</summary>
    Answered,

    /// <summary>It was not probed, or its name says nothing to this machine: an alias of ssh_config, a host behind a jump host.</summary>
    Unknown,

    /// <summary>The connection was refused, or nothing came back in time. The host may still be reached from elsewhere, or through a jump host.</summary>
    Silent,
}
