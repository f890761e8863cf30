namespace TreePush.Engine.Remote.SshNet;

/// <summary>What known_hosts says of a host's key.</summary>
internal enum HostKeyVerdict
{
    /// <summary>The host is known, by this key.</summary>
    Known,

    /// <summary>Nothing is known of the host.</summary>
    Unknown,

    /// <summary>The host is known by another key.</summary>
    Changed,

    /// <summary>The key was revoked.</summary>
    Revoked,

    /// <summary>Certificate authorities vouch for the host, which this client can't check.</summary>
    Certified,
}
