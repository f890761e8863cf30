namespace TreePush.Cli;

/// <summary>The exit codes, as the README promises them.</summary>
internal static class ExitCode
{
    /// <summary>All targets have the files, or as many as <c>--min-success</c> asks for.</summary>
    public const int Success = 0;

    /// <summary>Something on the controller itself: a log folder that can't be written, no ssh, a fault of this program.</summary>
    public const int Internal = 1;

    /// <summary>Wrong usage or bad input; nothing was contacted.</summary>
    public const int Usage = 2;

    /// <summary>Some or all targets were not served, or the source could not be read completely, so that none has everything.</summary>
    public const int Failed = 3;

    /// <summary>SIGHUP ended the run with targets left: the terminal was closed.</summary>
    public const int HungUp = 129;

    /// <summary>The user ended the run with targets left: ^C, or <c>quit</c>.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM ended the run with targets left.</summary>
    public const int Terminated = 143;

    /// <summary>All of them with a sentence each, for help and manual.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> All =
    [
        (Success, "all targets have the files, or as many as --min-success asks for"),
        (Internal, "something on this machine: a log folder or standard output that can't be written, no ssh, a fault of treepush"),
        (Usage, "wrong usage or bad input; nobody was contacted"),
        (Failed, "some or all targets were not served, or the source could not be read completely"),
        (HungUp, "the terminal was closed (SIGHUP) before all targets were served"),
        (Interrupted, "you ended the run (^C, quit) before all targets were served"),
        (Terminated, "SIGTERM ended the run before all targets were served"),
    ];
}
