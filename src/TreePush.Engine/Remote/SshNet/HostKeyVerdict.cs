namespace TreePush.Engine.Remote.SshNet;

/// <summary>The result of looking up a host's key in known_hosts.</summary>
internal enum HostKeyVerdict
{
    /// <summary>The host is known by this key.</summary>
    Known,

    /// <summary>known_hosts does not contain the host.</summary>
    Unknown,

    /// <summary>The host is known by another key.</summary>
    Changed,

    /// <summary>The key was revoked.</summary>
    Revoked,

    /// <summary>known_hosts names a certificate authority for the host. This client does not check certificates.</summary>
    Certified,
}
