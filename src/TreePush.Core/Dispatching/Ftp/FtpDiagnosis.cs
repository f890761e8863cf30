namespace TreePush.Core.Dispatching.Ftp;

/// <summary>Reads from curl's exit status, and from what the server said last, what a person would read from them.</summary>
public static class FtpDiagnosis
{
    public const string InstallCurl = "install curl, which sends files over FTP";

    /// <param name="doing">What failed, such as "send NAME to HOST".</param>
    public static Failure Of(FtpDialog dialog, string doing)
    {
        var kind = Kind(dialog);
        string? said = dialog.Replies.Where(r => r.IsRefusal).Select(r => DisplayText.Line(r.ToString())).LastOrDefault();
        // The server's own words, where the server refuses. A server without TLS refuses to begin it, which is not what went wrong later.
        bool refused = kind is FailureKind.HostAuthentication or FailureKind.TargetNotWritable or FailureKind.TargetDiskFull or FailureKind.CommandFailed;
        string reason = refused && said is not null ? said : dialog.Complaint.Length > 0 ? dialog.Complaint : $"curl ended with exit status {dialog.Status}";
        return new Failure(kind, $"could not {doing} over FTP: {reason}", Hint(kind, dialog), dialog.Status);
    }

    /// <summary>Whether the same may well work in a moment.</summary>
    public static bool IsPassing(Failure failure) => failure.Kind is FailureKind.ConnectionLost or FailureKind.TimedOut;

    private static FailureKind Kind(FtpDialog dialog) => dialog.Status switch
    {
        6 => FailureKind.HostUnreachable,
        7 => Says(dialog, "refused") || Says(dialog, "Couldn't connect") || Says(dialog, "Could not connect") ? FailureKind.HostRefused : FailureKind.HostUnreachable,
        28 => dialog.Replies.Count == 0 ? FailureKind.HostUnreachable : FailureKind.TimedOut,
        67 => FailureKind.HostAuthentication,
        51 or 60 or 83 or 90 or 91 => FailureKind.HostKeyMismatch,
        9 or 73 or 78 => FailureKind.TargetNotWritable,
        70 => FailureKind.TargetDiskFull,
        18 or 25 or 55 or 56 when IsFull(dialog) => FailureKind.TargetDiskFull,
        25 => FailureKind.TargetNotWritable,
        12 or 18 or 52 or 55 or 56 => FailureKind.ConnectionLost,
        8 or 11 or 13 or 14 or 15 or 17 or 30 or 31 or 35 or 36 or 64 => FailureKind.HostUnusable,
        1 or 2 or 3 or 4 or 26 or 27 or 77 or 126 or 127 or null => FailureKind.ControllerFault,
        > 128 => FailureKind.CommandKilled,
        _ => FailureKind.CommandFailed,
    };

    /// <summary>452 and 552 say that there is no room. 451 says that the server failed at its own end, which is mostly for the same reason.</summary>
    private static bool IsFull(FtpDialog dialog) => dialog.FromEnd(0) is { Code: 451 or 452 or 552 } last
        && (last.Code != 451 || last.Text.Contains("local file", StringComparison.OrdinalIgnoreCase) || last.Text.Contains("space", StringComparison.OrdinalIgnoreCase));

    private static bool Says(FtpDialog dialog, string text) => dialog.Complaint.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static string? Hint(FailureKind kind, FtpDialog dialog) => (kind, dialog.Status) switch
    {
        (FailureKind.HostRefused, _) => "nothing listens there: is the port right, and does the FTP server run?",
        (FailureKind.HostUnreachable, _) => "is the host up, and its name right?",
        (FailureKind.HostAuthentication, _) => "check login and password in the rule or in ~/.netrc",
        (FailureKind.HostKeyMismatch, _) => "ca_file names the authority's certificate, or the server's own, if the system does not trust it",
        (FailureKind.TargetNotWritable, _) => "may this login make the folder, and write to it?",
        (FailureKind.TargetDiskFull, _) => "is the host's disk full, or a quota used up?",
        (FailureKind.HostUnusable, 35) => "no TLS connection can be made: is the certificate of an authority that is trusted (ca_file), and the server's TLS recent enough?",
        (FailureKind.HostUnusable, 64) => "the server has no TLS; with via: ftp it is sent without",
        (FailureKind.HostUnusable, 11 or 13 or 14 or 15) => "the server opens no connection for the data: does a firewall stand between?",
        (FailureKind.ControllerFault, 126 or 127) => InstallCurl,
        (FailureKind.ControllerFault, 77) => "is ca_file readable, and does it hold certificates?",
        _ => null,
    };
}
