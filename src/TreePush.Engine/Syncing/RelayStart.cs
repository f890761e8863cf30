namespace TreePush.Engine.Syncing;

/// <summary>How a relay is to be started.</summary>
public sealed record RelayStart
{
    /// <summary>Through <c>sudo -n</c>, where the login is not root's anyway.</summary>
    public bool Sudo { get; init; }

    /// <summary>Says where a host gets the relay that has none; null for always from this machine.</summary>
    internal RelaySupply.Lease? Supply { get; init; }

    /// <summary>Gets what the relay, or ssh, prints for people, line by line and as it came: not fit for display yet.</summary>
    public Action<string> Said { get; init; } = _ => { };
}
