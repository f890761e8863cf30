namespace TreePush.Core.Pushing;

/// <summary>What the Engine is to do. Each is answered by an input, save <see cref="CloseSource"/>.</summary>
public abstract record PushCommand
{
    private PushCommand() { }

    /// <summary>Find out whether these hosts' ssh ports answer. Every one of them is answered for, in about a second, by <see cref="PushInput.Probed"/>.</summary>
    public sealed record Probe(IReadOnlyList<Host> Hosts) : PushCommand;

    /// <summary>Connect to a host, so that it can take transfers.</summary>
    public sealed record OpenSource(Host Source) : PushCommand;

    /// <summary>Drop the connection to a source that has no transfer left.</summary>
    public sealed record CloseSource(HostName Source) : PushCommand;

    public sealed record StartTransfer(Transfer Transfer) : PushCommand;

    /// <summary>End a transfer at once, at its source too.</summary>
    public sealed record KillTransfer(int Transfer) : PushCommand;

    /// <summary>Send <see cref="PushInput.Woken"/> at this time, unless asked for an earlier one meanwhile.</summary>
    public sealed record WakeAt(DateTimeOffset Time) : PushCommand;
}
