namespace TreePush.Core.Queueing;

/// <summary>Diagnoses a failed transfer from what its command, which ran on the host that pulls, reported.</summary>
public static class PullDiagnosis
{
    /// <summary>How rsync's last line begins where it failed. The exit status is one of rsync's own then.</summary>
    private const string RsyncEnd = "rsync error: ";

    /// <param name="source">The name of the source.</param>
    /// <param name="tail">The last lines of the command's output, oldest first.</param>
    public static PullFault Of(string source, int status, IReadOnlyList<string> tail)
    {
        var report = CommandReport.Of(status, tail);
        var (kind, of) = report.Sign == CommandSign.None ? Unsigned(report) : Signed(report.Sign);
        return new PullFault(new Failure(kind, Message(kind, of, source, report), Hint(kind), status) { Tail = report.Tail }, of);
    }

    /// <summary>The fault of a transfer that took too long.</summary>
    public static PullFault OfTimeout(TimeSpan limit, IReadOnlyList<string> tail) => new(CommandReport.OfTimeout(limit, tail), FaultOf.Source);

    private static (FailureKind Kind, FaultOf Of) Signed(CommandSign sign) => sign switch
    {
        CommandSign.Killed => (FailureKind.CommandKilled, FaultOf.Unknown),
        CommandSign.NotFound => (FailureKind.CommandNotFound, FaultOf.Host),
        CommandSign.Unreachable => (FailureKind.HostUnreachable, FaultOf.Source),
        CommandSign.Authentication => (FailureKind.HostAuthentication, FaultOf.Source),
        CommandSign.HostKey => (FailureKind.HostKeyMismatch, FaultOf.Source),
        CommandSign.PeerLacksProgram => (FailureKind.HostUnusable, FaultOf.Source),
        CommandSign.DiskFull => (FailureKind.TargetDiskFull, FaultOf.Host),
        _ => (FailureKind.CommandFailed, FaultOf.Unknown),
    };

    /// <summary>rsync says which side it was that failed, by its status and by the process that prints.</summary>
    private static (FailureKind Kind, FaultOf Of) Unsigned(CommandReport report)
    {
        if (!report.Tail.Any(l => l.StartsWith(RsyncEnd, StringComparison.Ordinal))) return (FailureKind.CommandFailed, FaultOf.Unknown);
        if (report.Tail.Any(l => l.Contains("[sender]", StringComparison.Ordinal))) return (FailureKind.CommandFailed, FaultOf.Source);
        return report.Status switch
        {
            // It could not begin to talk, could not connect, was cut off, or waited for too long.
            5 or 10 or 12 or 30 or 35 => (FailureKind.CommandFailed, FaultOf.Source),
            // It could not enter a folder, or could not read or write a file, and the sender has not complained.
            3 or 11 or 23 => (FailureKind.TargetNotWritable, FaultOf.Host),
            _ => (FailureKind.CommandFailed, FaultOf.Unknown),
        };
    }

    private static string Message(FailureKind kind, FaultOf of, string source, CommandReport report) => kind switch
    {
        FailureKind.CommandKilled => $"the command was ended by signal {report.Status - 128}",
        FailureKind.CommandNotFound => $"this host can't run the command: {report.Line}",
        FailureKind.HostUnreachable => $"can't reach the source {source}: {report.Line}",
        FailureKind.HostAuthentication => $"the source {source} refused the login: {report.Line}",
        FailureKind.HostKeyMismatch => $"this host does not trust the host key of the source {source}: {report.Line}",
        FailureKind.HostUnusable => $"the source {source} lacks a program: {report.Line}",
        FailureKind.TargetDiskFull => $"the disk of this host is full: {report.Line}",
        FailureKind.TargetNotWritable => $"this host can't write the file: {Telling(report)}",
        _ when of == FaultOf.Source => $"the source {source} did not serve the file: {Telling(report)}",
        _ => report.Exit,
    };

    /// <summary>rsync's last line has no more than the status in words: the one before it tells why.</summary>
    private static string Telling(CommandReport report) =>
        report.Tail.FirstOrDefault(l => l.Contains("@ERROR", StringComparison.Ordinal) || l.StartsWith("rsync: ", StringComparison.Ordinal)) ?? report.Line;

    private static string? Hint(FailureKind kind) => kind switch
    {
        FailureKind.CommandNotFound => "install it on every host that has an agent",
        FailureKind.HostUnreachable => "does the source run what serves the file, such as an rsync daemon, and does its agent have a name that this host can resolve and reach?",
        FailureKind.HostAuthentication => "the source must let this host in: 'auth users', 'secrets file' and 'hosts allow' of an rsync daemon, or a key where the command uses ssh",
        FailureKind.HostKeyMismatch => "let the command accept new hosts: ssh -o StrictHostKeyChecking=accept-new; a changed key must be removed from known_hosts",
        FailureKind.HostUnusable => "install it on the source; rsync must be installed on both hosts",
        FailureKind.TargetDiskFull => "free some space on this host",
        FailureKind.TargetNotWritable => "the agent's user must be able to write there",
        _ => null,
    };
}
