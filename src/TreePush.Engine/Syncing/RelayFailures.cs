using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;

namespace TreePush.Engine.Syncing;

/// <summary>Translates the faults that relays report into failures with hints.</summary>
internal static class RelayFailures
{
    public static Failure Of(RelayRole role, ControlMessage.Failed failed)
    {
        var (kind, hint) = failed.Fault switch
        {
            RelayFault.DiskFull => (FailureKind.TargetDiskFull, "free space on that host; the received data is kept and is not sent again"),
            RelayFault.ReadOnly => (FailureKind.TargetNotWritable, "the file system is mounted read-only"),
            RelayFault.Permission when role == RelayRole.Target => (FailureKind.TargetNotWritable, "log in as a user with permission, or use --sudo"),
            RelayFault.Permission => (FailureKind.HostUnusable, "log in as a user with permission, or use --sudo"),
            RelayFault.Conflict => (FailureKind.TargetConflict, (string?)null),
            RelayFault.InsideSource => (FailureKind.TargetConflict, "choose a DEST outside SRC"),
            RelayFault.Busy => (FailureKind.TargetConflict, "wait for the other run to end"),
            RelayFault.NoPort => (FailureKind.NoFreePort, "stop the programs that listen on these ports, or give a wider --port-range"),
            RelayFault.NoSource => (FailureKind.HostUnusable, "SRC is a path on the source"),
            RelayFault.Incomplete => (FailureKind.SourceIncomplete, "the files are named above, and in the log"),
            RelayFault.PathsFailed => (FailureKind.TargetIncomplete, "everything else is in place; the paths are named above, and in the log"),
            RelayFault.PathsForbidden => (FailureKind.TargetIncomplete, "everything else is in place; log in as a user who may write them, or use --sudo"),
            RelayFault.TooManyDeletions => (FailureKind.DeletionRefused, "-n shows how many entries each host would delete; a higher --max-delete allows it"),
            RelayFault.NeedsForce => (FailureKind.DeletionRefused, "use --force if you intend this"),
            RelayFault.Internal => (FailureKind.RelayFault, "please report it with the output of -d"),
            _ => (FailureKind.RelayFault, null),
        };
        return new Failure(kind, DisplayText.Line(failed.Message), hint);
    }

    public static Failure OfNonsense(string message) =>
        new(FailureKind.RelayFault, $"the relay sent an invalid message: {DisplayText.Line(message)}", "does a login script on that host print something late?");

    public static Failure OfSilence() =>
        new(FailureKind.RelayFault, "the relay started but did not respond", "does a file system hang on that host?");

    public static Failure OfEnd() => new(FailureKind.ConnectionLost, "the relay ended");
}
