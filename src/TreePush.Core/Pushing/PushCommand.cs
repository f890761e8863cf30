namespace TreePush.Core.Pushing;

/// <summary>A command to the Engine. The Engine answers each with an input, except <see cref="CloseSource"/>.</summary>
public abstract record PushCommand
{
    private PushCommand() { }

    /// <summary>Probe the ssh ports of these hosts. <see cref="PushInput.Probed"/> reports a result for each host within about a second.</summary>
    public sealed record Probe(IReadOnlyList<Host> Hosts) : PushCommand;

    /// <summary>Connect to a host, so that it can take transfers.</summary>
    public sealed record OpenSource(Host Source) : PushCommand;

    /// <summary>Close the connection to a source that has no transfer left.</summary>
    public sealed record CloseSource(HostName Source) : PushCommand;

    public sealed record StartTransfer(Transfer Transfer) : PushCommand;

    /// <summary>End a transfer at once, also on its source.</summary>
    public sealed record KillTransfer(int Transfer) : PushCommand;

    /// <summary>Send <see cref="PushInput.Woken"/> at this time, unless an earlier time is requested meanwhile.</summary>
    public sealed record WakeAt(DateTimeOffset Time) : PushCommand;
}
