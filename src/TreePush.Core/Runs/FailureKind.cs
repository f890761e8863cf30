namespace TreePush.Core.Runs;

/// <summary>Why a transfer, or a connection to a source, came to nothing.</summary>
public enum FailureKind
{
    /// <summary>The command ended with a status other than 0, and its output says no more that we know of.</summary>
    CommandFailed,

    /// <summary>The command was ended by a signal.</summary>
    CommandKilled,

    /// <summary>The source has no such program (status 127 from the source's own shell).</summary>
    CommandNotFound,

    /// <summary>The transfer took longer than its time limit and was ended.</summary>
    TimedOut,

    /// <summary>The target could not be reached from the source.</summary>
    TargetUnreachable,

    /// <summary>The target refused the source's login.</summary>
    TargetAuthentication,

    /// <summary>The target's host key is not the one that the source knows.</summary>
    TargetHostKey,

    /// <summary>The target has no such program (rsync needs itself at both ends).</summary>
    TargetCommandNotFound,

    /// <summary>The target's disk is full, or its quota used up.</summary>
    TargetDiskFull,

    /// <summary>No connection from the controller to the source: no route, no answer, or an unknown name.</summary>
    HostUnreachable,

    /// <summary>The source answered, but nothing listens at its port.</summary>
    HostRefused,

    /// <summary>The source refused the controller's login.</summary>
    HostAuthentication,

    /// <summary>The source's host key is not the one that the controller knows.</summary>
    HostKeyMismatch,

    /// <summary>The connection to the source broke while it was in use.</summary>
    ConnectionLost,

    /// <summary>The source took the connection but could not run a shell on it.</summary>
    HostUnusable,

    /// <summary>The host can't run the relay: another processor or system, a missing library, or no place from which a program may be run.</summary>
    RelayUnusable,

    /// <summary>The relay ended though nobody had asked it to.</summary>
    RelayEnded,

    /// <summary>The host's sudo wants a password, or does not let this user run the relay.</summary>
    PrivilegeRefused,

    /// <summary>The host's ssh server forwards no connections.</summary>
    ForwardingRefused,

    /// <summary>The host may not be written to: no permission, or a file system that is mounted read-only.</summary>
    TargetNotWritable,

    /// <summary>The host's disk does not respond: calls on its file system do not return.</summary>
    DiskStalled,

    /// <summary>The host has no free port among those that the relay may listen at.</summary>
    NoFreePort,

    /// <summary>What stands at the host is in the way: a directory where a file should be, another run, DEST inside of SRC.</summary>
    TargetConflict,

    /// <summary>Nothing was deleted, as it would be more than --max-delete allows, or as it would need --force.</summary>
    DeletionRefused,

    /// <summary>Some of the host's paths could not be written, finished or deleted; everything else is in place.</summary>
    TargetIncomplete,

    /// <summary>The source could not read all of its files; what it could read is in place.</summary>
    SourceIncomplete,

    /// <summary>The relay failed in a way that is not foreseen.</summary>
    RelayFault,

    /// <summary>The controller itself could not start what it needed.</summary>
    ControllerFault,

    /// <summary>The controller could not write the log of the transfer, which was therefore not started.</summary>
    LogNotWritable,

    /// <summary>The user ended the run, or sent the transfer back to the queue.</summary>
    Interrupted,

    /// <summary>No other host could bring it the files: its links could not be made, or failed too often.</summary>
    LinksFailed,

    /// <summary>Every host that had all the files was lost before this one had them.</summary>
    SourcesLost,
}
