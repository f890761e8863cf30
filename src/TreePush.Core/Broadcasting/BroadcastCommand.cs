using TreePush.Core.Hosts;

namespace TreePush.Core.Broadcasting;

/// <summary>What the Engine is to do.</summary>
public abstract record BroadcastCommand
{
    private BroadcastCommand() { }

    /// <summary>Find out whether these hosts' ssh ports answer. Every one of them is answered for, in about a second, by <see cref="BroadcastInput.Probed"/>.</summary>
    public sealed record Probe(IReadOnlyList<Host> Hosts) : BroadcastCommand;

    /// <summary>Start a relay on the host; answered by <see cref="BroadcastInput.Opened"/> or <see cref="BroadcastInput.Lost"/>.</summary>
    public sealed record Open(Host Host, RelayRole Role) : BroadcastCommand;

    /// <summary>Attach a child to a parent. A child has one parent at a time: the new link takes the place of its old one as soon as it stands. Answered by <see cref="BroadcastInput.Linked"/> or <see cref="BroadcastInput.LinkLost"/>.</summary>
    public sealed record Link(int Number, HostName Parent, HostName Child, Route Route) : BroadcastCommand;

    /// <summary>A host that has everything (in a dry run: the whole ledger) goes on with the ledger from here: the one that wrote it is gone.</summary>
    public sealed record Promote(HostName Host) : BroadcastCommand;

    /// <summary>End the host's relay: there is no more for it to do. Not answered.</summary>
    public sealed record Close(HostName Host) : BroadcastCommand;

    /// <summary>Send <see cref="BroadcastInput.Woken"/> at this time, unless asked for an earlier one meanwhile.</summary>
    public sealed record WakeAt(DateTimeOffset Time) : BroadcastCommand;
}
