using TreePush.Core.Queueing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Queueing;

/// <summary>The lines are those that rsync 3.2 and 3.5 and OpenSSH 9.2 print.</summary>
public sealed class ReadingWhatPullsSay
{
    private const string Source = "10.0.0.1";

    [Theory]
    [InlineData(10, "rsync: [Receiver] failed to connect to 10.0.0.1 (10.0.0.1): Connection refused (111)", FailureKind.HostUnreachable, FaultOf.Source)]
    [InlineData(10, "rsync: getaddrinfo: web7 873: Name or service not known", FailureKind.HostUnreachable, FaultOf.Source)]
    [InlineData(255, "ssh: connect to host 10.0.0.1 port 22: No route to host", FailureKind.HostUnreachable, FaultOf.Source)]
    [InlineData(5, "@ERROR: auth failed on module treepush", FailureKind.HostAuthentication, FaultOf.Source)]
    [InlineData(5, "@ERROR: access denied to treepush from web2 (10.0.0.2)", FailureKind.HostAuthentication, FaultOf.Source)]
    [InlineData(255, "root@10.0.0.1: Permission denied (publickey).", FailureKind.HostAuthentication, FaultOf.Source)]
    [InlineData(255, "Host key verification failed.", FailureKind.HostKeyMismatch, FaultOf.Source)]
    [InlineData(127, "bash: line 1: rsync: command not found", FailureKind.HostUnusable, FaultOf.Source)]
    [InlineData(127, "treepush: 1: eval: rsync: not found", FailureKind.CommandNotFound, FaultOf.Host)]
    [InlineData(11, "rsync: [receiver] write failed on \"/data/f\": No space left on device (28)", FailureKind.TargetDiskFull, FaultOf.Host)]
    [InlineData(137, "", FailureKind.CommandKilled, FaultOf.Unknown)]
    [InlineData(7, "out of luck", FailureKind.CommandFailed, FaultOf.Unknown)]
    [InlineData(23, "treepush-mirror: 23 files left", FailureKind.CommandFailed, FaultOf.Unknown)]
    public void One_line_tells_what_went_wrong_and_who_is_suspected(int status, string line, FailureKind kind, FaultOf of)
    {
        var fault = PullDiagnosis.Of(Source, status, [line]);
        (fault.Failure.Kind, fault.Of, fault.Failure.ExitCode).Should().Be((kind, of, status));
    }

    [Theory]
    [InlineData(23, "rsync: [sender] link_stat \"/data/f\" (in treepush) failed: No such file or directory (2)", FailureKind.CommandFailed, FaultOf.Source)]
    [InlineData(23, "rsync: [sender] send_files failed to open \"/data/f\" (in treepush): Permission denied (13)", FailureKind.CommandFailed, FaultOf.Source)]
    [InlineData(23, "rsync: [receiver] mkstemp \"/data/.f.x\" failed: Permission denied (13)", FailureKind.TargetNotWritable, FaultOf.Host)]
    [InlineData(3, "rsync: [Receiver] change_dir#3 \"/data\" failed: No such file or directory (2)", FailureKind.TargetNotWritable, FaultOf.Host)]
    [InlineData(5, "@ERROR: Unknown module 'treepush'", FailureKind.CommandFailed, FaultOf.Source)]
    [InlineData(5, "@ERROR: max connections (2) reached -- try again later", FailureKind.CommandFailed, FaultOf.Source)]
    [InlineData(12, "rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]", FailureKind.CommandFailed, FaultOf.Source)]
    [InlineData(30, "rsync: [receiver] io timeout after 60 seconds -- exiting", FailureKind.CommandFailed, FaultOf.Source)]
    [InlineData(20, "", FailureKind.CommandFailed, FaultOf.Unknown)]
    public void Rsync_tells_which_side_failed(int status, string line, FailureKind kind, FaultOf of)
    {
        var fault = PullDiagnosis.Of(Source, status, [line, $"rsync error: as said (code {status}) at main.c(1956) [Receiver=3.5.0]"]);
        (fault.Failure.Kind, fault.Of).Should().Be((kind, of));
        fault.Failure.Message.Should().Contain(of == FaultOf.Unknown ? "exit status" : line);
    }

    [Fact]
    public void Whoever_reads_the_message_learns_which_source_it_was()
    {
        PullDiagnosis.Of(Source, 10, ["Connection refused"]).Failure.Message.Should().Be("can't reach the source 10.0.0.1: Connection refused");
        PullDiagnosis.Of(Source, 5, ["@ERROR: auth failed on module treepush"]).Failure.Hint.Should().Contain("secrets file");
    }

    [Fact]
    public void Time_that_runs_out_is_held_against_the_source() =>
        PullDiagnosis.OfTimeout(TimeSpan.FromSeconds(9), ["sent 3%"]).Should().Match<PullFault>(f => f.Of == FaultOf.Source && f.Failure.Kind == FailureKind.TimedOut);

    [Fact]
    public void What_hosts_print_is_made_harmless_and_short()
    {
        var failure = PullDiagnosis.Of(Source, 1, ["\e[31mred" + new string('x', 5000)]).Failure;
        failure.Message.Should().NotContain("\e").And.Subject.Length.Should().BeLessThan(500);
    }
}
