using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;

namespace TreePush.Engine.Syncing;

/// <summary>What relays say of their faults, told as failures with hints.</summary>
internal static class RelayFailures
{
    public static Failure Of(RelayRole role, ControlMessage.Failed failed)
    {
        var (kind, hint) = failed.Fault switch
        {
            RelayFault.DiskFull => (FailureKind.TargetDiskFull, "make room there; what has arrived is kept and not sent again"),
            RelayFault.ReadOnly => (FailureKind.TargetNotWritable, "the file system is mounted read-only"),
            RelayFault.Permission when role == RelayRole.Target => (FailureKind.TargetNotWritable, "log in as somebody who may, or use --sudo"),
            RelayFault.Permission => (FailureKind.HostUnusable, "log in as somebody who may, or use --sudo"),
            RelayFault.Conflict => (FailureKind.TargetConflict, (string?)null),
            RelayFault.InsideSource => (FailureKind.TargetConflict, "choose a DEST outside of SRC"),
            RelayFault.Busy => (FailureKind.TargetConflict, "wait for the other run to end"),
            RelayFault.NoPort => (FailureKind.NoFreePort, "end what listens there, or give a wider --port-range"),
            RelayFault.NoSource => (FailureKind.HostUnusable, "SRC is a path on the source"),
            RelayFault.Incomplete => (FailureKind.SourceIncomplete, "the files are named above, and in the log"),
            RelayFault.PathsFailed => (FailureKind.TargetIncomplete, "everything else is in place; the paths are named above, and in the log"),
            RelayFault.PathsForbidden => (FailureKind.TargetIncomplete, "everything else is in place; log in as somebody who may write these, or use --sudo"),
            RelayFault.TooManyDeletions => (FailureKind.DeletionRefused, "-n tells how many entries each host would lose; a higher --max-delete allows them"),
            RelayFault.NeedsForce => (FailureKind.DeletionRefused, "--force if that is what you mean"),
            RelayFault.Internal => (FailureKind.RelayFault, "please report it with the output of -d"),
            _ => (FailureKind.RelayFault, null),
        };
        return new Failure(kind, DisplayText.Line(failed.Message), hint);
    }

    public static Failure OfNonsense(string message) =>
        new(FailureKind.RelayFault, $"what came from the relay makes no sense: {DisplayText.Line(message)}", "do login scripts there print something late?");

    public static Failure OfSilence() =>
        new(FailureKind.RelayFault, "the relay was started and says nothing", "does a file system hang there?");

    public static Failure OfEnd() => new(FailureKind.ConnectionLost, "the relay ended");
}
