namespace TreePush.Engine.Syncing;

/// <summary>The options of a relay's start.</summary>
public sealed record RelayStart
{
    /// <summary>Start it through <c>sudo -n</c>, unless the login is root's.</summary>
    public bool Sudo { get; init; }

    /// <summary>Decides who sends the relay to a host that lacks it; null if this machine always does.</summary>
    internal RelaySupply.Lease? Supply { get; init; }

    /// <summary>
    /// Receives what the relay and ssh print for people, line by line. The text is not yet made safe for display.
    /// </summary>
    public Action<string> Said { get; init; } = _ => { };
}
