using TreePush.Relay.Files;

namespace TreePush.Relay.Targets;

/// <summary>This host can't continue. The message is for people.</summary>
internal sealed class RelayFaultException(RelayFault fault, string message, bool canServe = false) : Exception(message)
{
    public RelayFault Fault { get; } = fault;

    /// <summary>Whether the host can still serve what it has.</summary>
    public bool CanServe { get; } = canServe;

    public static RelayFaultException Of(FileFaultException e) => Of(e.Fault);

    public static RelayFaultException Of(FileFault fault) => new(
        fault.Kind switch
        {
            FileFaultKind.DiskFull => RelayFault.DiskFull,
            FileFaultKind.ReadOnly => RelayFault.ReadOnly,
            FileFaultKind.Permission => RelayFault.Permission,
            FileFaultKind.Conflict => RelayFault.Conflict,
            FileFaultKind.Locked => RelayFault.Busy,
            _ => RelayFault.Other,
        },
        fault.Path.IsRoot ? fault.Text : fault.ToString());
}
