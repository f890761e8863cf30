namespace TreePush.Core.Syncing;

/// <summary>What the Engine is to do.</summary>
public abstract record SyncCommand
{
    private SyncCommand() { }

    /// <summary>Find out whether these hosts' ssh ports answer. Every one of them is answered for, in about a second, by <see cref="SyncInput.Probed"/>.</summary>
    public sealed record Probe(IReadOnlyList<Host> Hosts) : SyncCommand;

    /// <summary>Start a relay on the host; answered by <see cref="SyncInput.Opened"/> or <see cref="SyncInput.Lost"/>.</summary>
    public sealed record Open(Host Host, RelayRole Role) : SyncCommand;

    /// <summary>Attach a child to a parent. A child has one parent at a time: the new link takes the place of its old one as soon as it stands. Answered by <see cref="SyncInput.Linked"/> or <see cref="SyncInput.LinkLost"/>.</summary>
    public sealed record Link(int Number, HostName Parent, HostName Child, Route Route) : SyncCommand;

    /// <summary>A host that has everything (in a dry run: the whole ledger) goes on with the ledger from here: the one that wrote it is gone.</summary>
    public sealed record Promote(HostName Host) : SyncCommand;

    /// <summary>End the host's relay: there is no more for it to do. Not answered.</summary>
    public sealed record Close(HostName Host) : SyncCommand;

    /// <summary>Send <see cref="SyncInput.Woken"/> at this time, unless asked for an earlier one meanwhile.</summary>
    public sealed record WakeAt(DateTimeOffset Time) : SyncCommand;
}
