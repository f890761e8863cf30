namespace TreePush.Core.Runs;

/// <summary>
/// What a transfer's command says of its failure, wherever it ran. Its <em>peer</em> is the host at the other end: the target of a
/// command that runs on a source, the source of one that runs on a target.
/// </summary>
public enum CommandSign
{
    /// <summary>Nothing that is known.</summary>
    None,

    /// <summary>The command was ended by a signal.</summary>
    Killed,

    /// <summary>The shell that ran the command could not find or run the program.</summary>
    NotFound,

    /// <summary>The peer could not be reached.</summary>
    Unreachable,

    /// <summary>The peer refused the login.</summary>
    Authentication,

    /// <summary>The peer's host key is unknown, or has changed.</summary>
    HostKey,

    /// <summary>The peer lacks a program.</summary>
    PeerLacksProgram,

    /// <summary>The disk that is written to is full, or a quota is used up.</summary>
    DiskFull,
}
