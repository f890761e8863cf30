namespace TreePush.Core.Runs;

/// <summary>The reason why a target was not served, or a host could not be used.</summary>
public enum FailureKind
{
    /// <summary>The command ended with a status other than 0, and its output contains no known message.</summary>
    CommandFailed,

    /// <summary>The command was ended by a signal.</summary>
    CommandKilled,

    /// <summary>The source's own shell could not find or run the program (status 126 or 127).</summary>
    CommandNotFound,

    /// <summary>The transfer took longer than its time limit and was ended.</summary>
    TimedOut,

    /// <summary>The target could not be reached from the source.</summary>
    TargetUnreachable,

    /// <summary>The target refused the source's login.</summary>
    TargetAuthentication,

    /// <summary>The source does not trust the target's host key: the key is unknown or has changed.</summary>
    TargetHostKey,

    /// <summary>The target has no such program (rsync needs itself at both ends).</summary>
    TargetCommandNotFound,

    /// <summary>The target's disk is full, or its quota is used up.</summary>
    TargetDiskFull,

    /// <summary>The controller can't connect to the host: no route, no answer, or an unknown name.</summary>
    HostUnreachable,

    /// <summary>The source answered, but nothing listens at its port.</summary>
    HostRefused,

    /// <summary>The source refused the controller's login.</summary>
    HostAuthentication,

    /// <summary>The source's host key is not the one that the controller knows.</summary>
    HostKeyMismatch,

    /// <summary>The connection to the source broke while it was in use.</summary>
    ConnectionLost,

    /// <summary>The source accepted the connection, but could not run a shell.</summary>
    HostUnusable,

    /// <summary>The host can't run the relay: another processor or system, a missing library, or no place from which a program may be run.</summary>
    RelayUnusable,

    /// <summary>The relay ended without being asked to.</summary>
    RelayEnded,

    /// <summary>The host's sudo asks for a password, or does not let this user run the relay.</summary>
    PrivilegeRefused,

    /// <summary>The host's ssh server does not forward connections.</summary>
    ForwardingRefused,

    /// <summary>The files on the host can't be written: no permission, or a read-only file system.</summary>
    TargetNotWritable,

    /// <summary>The host's disk does not respond: calls on its file system do not return.</summary>
    DiskStalled,

    /// <summary>None of the ports that the relay may listen on is free on the host.</summary>
    NoFreePort,

    /// <summary>Something on the host is in the way: a directory in place of a file, another run, a DEST inside SRC.</summary>
    TargetConflict,

    /// <summary>Nothing was deleted, because it would be more than --max-delete allows, or would need --force.</summary>
    DeletionRefused,

    /// <summary>Some of the host's paths could not be written, finished or deleted; everything else is in place.</summary>
    TargetIncomplete,

    /// <summary>The source could not read all of its files; what it could read is in place.</summary>
    SourceIncomplete,

    /// <summary>The relay failed for an unforeseen reason.</summary>
    RelayFault,

    /// <summary>What the command brought is not the file that was asked for: its size or its hash differs.</summary>
    FileDiffers,

    /// <summary>The controller itself could not start what it needed.</summary>
    ControllerFault,

    /// <summary>The controller could not write the transfer's log, so it did not start the transfer.</summary>
    LogNotWritable,

    /// <summary>The user ended the run, or sent the transfer back to the queue.</summary>
    Interrupted,

    /// <summary>No other host could send the files: the links could not be opened, or failed too often.</summary>
    LinksFailed,

    /// <summary>Every host that had all the files was lost before this host had them.</summary>
    SourcesLost,
}
