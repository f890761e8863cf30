namespace TreePush.Core.Syncing;

/// <summary>A command to the Engine.</summary>
public abstract record SyncCommand
{
    private SyncCommand() { }

    /// <summary>Probe the ssh ports of these hosts. <see cref="SyncInput.Probed"/> reports a result for each host within about a second.</summary>
    public sealed record Probe(IReadOnlyList<Host> Hosts) : SyncCommand;

    /// <summary>Start a relay on the host. The answer is <see cref="SyncInput.Opened"/> or <see cref="SyncInput.Lost"/>.</summary>
    public sealed record Open(Host Host, RelayRole Role) : SyncCommand;

    /// <summary>
    /// Attach a child to a parent. A child has one parent at a time: the new link replaces the old one as soon as it is up. The
    /// answer is <see cref="SyncInput.Linked"/> or <see cref="SyncInput.LinkLost"/>.
    /// </summary>
    public sealed record Link(int Number, HostName Parent, HostName Child, Route Route) : SyncCommand;

    /// <summary>Make a host that has everything (in a dry run: the whole ledger) continue the ledger, because the writer is lost.</summary>
    public sealed record Promote(HostName Host) : SyncCommand;

    /// <summary>End the host's relay, which has nothing left to do. There is no answer.</summary>
    public sealed record Close(HostName Host) : SyncCommand;

    /// <summary>Send <see cref="SyncInput.Woken"/> at this time, unless an earlier time is requested meanwhile.</summary>
    public sealed record WakeAt(DateTimeOffset Time) : SyncCommand;
}
