namespace TreePush.Core.Pushing;

/// <summary>
/// Diagnoses a failed transfer from the exit status and the last lines of its command. The command may be anything, but most
/// failures are reported by ssh, rsync, scp or the shell, in texts that do not vary.
/// </summary>
public static class CommandDiagnosis
{
    /// <summary>rsync's exit status for an error in file I/O. rsync itself often loses the message that says more.</summary>
    private const int RsyncFileError = 11;

    private static readonly (string Text, FailureKind Kind)[] Signs =
    [
        ("REMOTE HOST IDENTIFICATION HAS CHANGED", FailureKind.TargetHostKey),
        ("Host key verification failed", FailureKind.TargetHostKey),
        ("Permission denied (publickey", FailureKind.TargetAuthentication),
        ("Permission denied (password", FailureKind.TargetAuthentication),
        ("Permission denied (keyboard", FailureKind.TargetAuthentication),
        ("Permission denied (gssapi", FailureKind.TargetAuthentication),
        ("Too many authentication failures", FailureKind.TargetAuthentication),
        ("No space left on device", FailureKind.TargetDiskFull),
        ("Disk quota exceeded", FailureKind.TargetDiskFull),
        ("Connection refused", FailureKind.TargetUnreachable),
        ("No route to host", FailureKind.TargetUnreachable),
        ("Network is unreachable", FailureKind.TargetUnreachable),
        ("Could not resolve hostname", FailureKind.TargetUnreachable),
        ("Connection timed out", FailureKind.TargetUnreachable),
        ("Operation timed out", FailureKind.TargetUnreachable),
        ("command not found", FailureKind.TargetCommandNotFound),
        (": not found", FailureKind.TargetCommandNotFound),
    ];

    /// <param name="tail">The last lines of the command's output, oldest first.</param>
    public static Failure Of(Transfer transfer, int status, IReadOnlyList<string> tail)
    {
        var shown = tail.Where(l => !string.IsNullOrWhiteSpace(l)).TakeLast(5).Select(l => DisplayText.Line(l)).ToList();
        var (kind, line) = Find(status, shown);
        return new Failure(kind, Message(kind, transfer, status, line), Hint(kind, transfer, status), status) { Tail = shown };
    }

    public static Failure OfTimeout(TimeSpan limit, IReadOnlyList<string> tail) => new(
        FailureKind.TimedOut,
        $"the transfer took longer than {limit.TotalSeconds:0.###} s and was ended",
        "--timeout sets the limit for one transfer")
    {
        Tail = tail.Where(l => !string.IsNullOrWhiteSpace(l)).TakeLast(5).Select(l => DisplayText.Line(l)).ToList(),
    };

    private static (FailureKind Kind, string Line) Find(int status, List<string> tail)
    {
        string last = tail.LastOrDefault() ?? "";
        if (status is 126 or 127 && tail.LastOrDefault(OwnShell.IsFrom) is { } own) return (FailureKind.CommandNotFound, own);
        foreach (var (text, kind) in Signs)
        {
            if (kind == FailureKind.TargetCommandNotFound && status is not (127 or 12 or 14 or 1 or 255)) continue;
            if (tail.LastOrDefault(l => l.Contains(text, StringComparison.OrdinalIgnoreCase)) is { } line) return (kind, line);
        }

        return (status is > 128 and <= 192 ? FailureKind.CommandKilled : FailureKind.CommandFailed, last);
    }

    private static string Message(FailureKind kind, Transfer transfer, int status, string line)
    {
        string exit = $"exit status {status}";
        return kind switch
        {
            FailureKind.CommandNotFound => $"the source {transfer.Source} can't run the command: {OwnShell.Without(line)}",
            FailureKind.CommandKilled => $"the command was ended by signal {status - 128}",
            FailureKind.TargetAuthentication => $"{transfer.Target} refused the login of {transfer.Source}: {line}",
            FailureKind.TargetHostKey => $"{transfer.Source} does not trust the host key of {transfer.Target}: {line}",
            FailureKind.TargetUnreachable => $"{transfer.Source} can't reach {transfer.Target}: {line}",
            FailureKind.TargetCommandNotFound => $"{transfer.Target} lacks a program: {line}",
            FailureKind.TargetDiskFull => $"the disk of {transfer.Target} is full: {line}",
            _ => line.Length > 0 ? $"{exit}: {line}" : exit,
        };
    }

    private static string? Hint(FailureKind kind, Transfer transfer, int status) => kind switch
    {
        FailureKind.CommandNotFound => "install it on every host, because each served host becomes a source",
        FailureKind.TargetAuthentication => transfer.Source.IsLocal
            ? "this machine needs a key that the target accepts"
            : "the sources log in to the targets: forward your ssh-agent with -A, or give the sources a key that the targets accept",
        FailureKind.TargetHostKey =>
            "let the command accept new hosts: ssh -o StrictHostKeyChecking=accept-new; a changed key must be removed from the source's known_hosts",
        FailureKind.TargetUnreachable => "is the host up, and can the sources reach its port?",
        FailureKind.TargetCommandNotFound => "install it on the target; rsync must be installed on both hosts",
        FailureKind.TargetDiskFull => "free space on the target, then run again with --resume",
        FailureKind.CommandFailed when status == RsyncFileError => "if the command is rsync, it could not read or write a file: is the disk of the target full?",
        _ => null,
    };
}
