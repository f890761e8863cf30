namespace TreePush.Cli;

/// <summary>The exit codes, as the README documents them.</summary>
internal static class ExitCode
{
    /// <summary>All targets have the files, or as many as <c>--min-success</c> asks for.</summary>
    public const int Success = 0;

    /// <summary>An error on the controller: the log folder is not writable, ssh is missing, or this program has a defect.</summary>
    public const int Internal = 1;

    /// <summary>Wrong usage or bad input; no host was contacted.</summary>
    public const int Usage = 2;

    /// <summary>Some or all targets were not served, or the source could not be read completely, so that no target has everything.</summary>
    public const int Failed = 3;

    /// <summary>SIGHUP ended the run before all targets were served: the terminal was closed.</summary>
    public const int HungUp = 129;

    /// <summary>The user ended the run before all targets were served: ^C, or <c>quit</c>.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM ended the run before all targets were served.</summary>
    public const int Terminated = 143;

    /// <summary>All exit codes with their meanings, for the help and the manual.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> All =
    [
        (Success, "all targets have the files, or as many as --min-success asks for"),
        (Internal, "an error on this machine: the log folder or standard output is not writable, ssh is missing, or treepush has a defect"),
        (Usage, "wrong usage or bad input; no host was contacted"),
        (Failed, "some or all targets were not served, or the source could not be read completely"),
        (HungUp, "the terminal was closed (SIGHUP) before all targets were served"),
        (Interrupted, "you ended the run (^C, quit) before all targets were served"),
        (Terminated, "SIGTERM ended the run before all targets were served"),
    ];
}
