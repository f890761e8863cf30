namespace TreePush.Core.Pushing;

/// <summary>Diagnoses a failed transfer from what its command, which ran on the source, reported.</summary>
public static class CommandDiagnosis
{
    /// <summary>rsync's exit status for an error in file I/O. rsync itself often loses the message that says more.</summary>
    private const int RsyncFileError = 11;

    /// <param name="tail">The last lines of the command's output, oldest first.</param>
    public static Failure Of(Transfer transfer, int status, IReadOnlyList<string> tail)
    {
        var report = CommandReport.Of(status, tail);
        var kind = KindOf(report.Sign);
        return new Failure(kind, Message(kind, transfer, report), Hint(kind, transfer, status), status) { Tail = report.Tail };
    }

    private static FailureKind KindOf(CommandSign sign) => sign switch
    {
        CommandSign.Killed => FailureKind.CommandKilled,
        CommandSign.NotFound => FailureKind.CommandNotFound,
        CommandSign.Unreachable => FailureKind.TargetUnreachable,
        CommandSign.Authentication => FailureKind.TargetAuthentication,
        CommandSign.HostKey => FailureKind.TargetHostKey,
        CommandSign.PeerLacksProgram => FailureKind.TargetCommandNotFound,
        CommandSign.DiskFull => FailureKind.TargetDiskFull,
        _ => FailureKind.CommandFailed,
    };

    private static string Message(FailureKind kind, Transfer transfer, CommandReport report) => kind switch
    {
        FailureKind.CommandNotFound => $"the source {transfer.Source} can't run the command: {report.Line}",
        FailureKind.CommandKilled => $"the command was ended by signal {report.Status - 128}",
        FailureKind.TargetAuthentication => $"{transfer.Target} refused the login of {transfer.Source}: {report.Line}",
        FailureKind.TargetHostKey => $"{transfer.Source} does not trust the host key of {transfer.Target}: {report.Line}",
        FailureKind.TargetUnreachable => $"{transfer.Source} can't reach {transfer.Target}: {report.Line}",
        FailureKind.TargetCommandNotFound => $"{transfer.Target} lacks a program: {report.Line}",
        FailureKind.TargetDiskFull => $"the disk of {transfer.Target} is full: {report.Line}",
        _ => report.Exit,
    };

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
