using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

/// <summary>The lines are those that OpenSSH 9.2, rsync 3.2, dash and bash print.</summary>
public sealed class ReadingWhatCommandsSay
{
    private static readonly Transfer Any = new(1, new Host("10.0.0.1"), new Host("10.0.0.2"), 1);

    [Theory]
    [InlineData(127, "treepush: 1: eval: rsync: not found", FailureKind.CommandNotFound)]
    [InlineData(127, "treepush: line 1: rsync: command not found", FailureKind.CommandNotFound)]
    [InlineData(126, "treepush: 1: eval: /data/push.sh: Permission denied", FailureKind.CommandNotFound)]
    [InlineData(127, "bash: line 1: rsync: command not found", FailureKind.TargetCommandNotFound)]
    [InlineData(12, "sh: 1: rsync: not found", FailureKind.TargetCommandNotFound)]
    [InlineData(255, "root@10.0.0.2: Permission denied (publickey).", FailureKind.TargetAuthentication)]
    [InlineData(255, "deploy@10.0.0.2: Permission denied (publickey,password).", FailureKind.TargetAuthentication)]
    [InlineData(255, "Host key verification failed.", FailureKind.TargetHostKey)]
    [InlineData(255, "ssh: connect to host 10.0.0.2 port 22: No route to host", FailureKind.TargetUnreachable)]
    [InlineData(255, "ssh: Could not resolve hostname web7: Name or service not known", FailureKind.TargetUnreachable)]
    [InlineData(11, "rsync: [receiver] write failed on \"/data/f\": No space left on device (28)", FailureKind.TargetDiskFull)]
    [InlineData(23, "rsync: [receiver] mkstemp \"/data/.f\" failed: Permission denied (13)", FailureKind.CommandFailed)]
    [InlineData(1, "file not found: x is fine as a word", FailureKind.CommandFailed)]
    [InlineData(137, "", FailureKind.CommandKilled)]
    [InlineData(7, "", FailureKind.CommandFailed)]
    public void Status_and_last_line_tell_what_went_wrong(int status, string line, FailureKind expected)
    {
        var failure = CommandDiagnosis.Of(Any, status, [line]);
        failure.Kind.Should().Be(expected);
        failure.ExitCode.Should().Be(status);
    }

    [Fact]
    public void Line_that_tells_may_stand_before_the_last()
    {
        string[] tail = ["ssh: connect to host 10.0.0.2 port 22: Connection refused", "rsync: connection unexpectedly closed", "rsync error: unexplained error (code 255)"];
        CommandDiagnosis.Of(Any, 255, tail).Kind.Should().Be(FailureKind.TargetUnreachable);
    }

    [Fact]
    public void Only_the_agent_hint_is_given_where_agents_can_help()
    {
        var refused = CommandDiagnosis.Of(Any, 255, ["Permission denied (publickey)."]);
        var refusedHere = CommandDiagnosis.Of(Any with { Source = new Host("local") }, 255, ["Permission denied (publickey)."]);
        refused.Hint.Should().Contain("-A");
        refusedHere.Hint.Should().NotContain("-A");
    }

    [Fact]
    public void Rsync_that_ends_without_saying_why_it_could_not_write_gets_a_hint()
    {
        CommandDiagnosis.Of(Any, 11, ["sending incremental file list"]).Hint.Should().Contain("is the disk of the target full?");
        CommandDiagnosis.Of(Any, 12, ["sending incremental file list"]).Hint.Should().BeNull();
    }

    [Fact]
    public void Place_in_our_own_script_is_left_out() =>
        CommandDiagnosis.Of(Any, 127, ["treepush: 1: eval: rsync: not found"]).Message.Should().EndWith("can't run the command: rsync: not found");

    [Fact]
    public void What_hosts_print_is_made_harmless_and_short()
    {
        var failure = CommandDiagnosis.Of(Any, 1, ["\e[31mred" + new string('x', 5000)]);
        failure.Message.Should().NotContain("\e").And.Subject.Length.Should().BeLessThan(500);
        failure.Tail.Should().NotBeEmpty().And.OnlyContain(l => !l.Contains('\e'));
    }

    [Theory]
    [InlineData("root@10.0.0.1: Permission denied (publickey).", FailureKind.HostAuthentication)]
    [InlineData("ssh: connect to host 10.0.0.1 port 22: Connection refused", FailureKind.HostRefused)]
    [InlineData("ssh: connect to host 10.0.0.1 port 22: Connection timed out", FailureKind.HostUnreachable)]
    [InlineData("ssh: Could not resolve hostname nohost: Name or service not known", FailureKind.HostUnreachable)]
    [InlineData("@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @", FailureKind.HostKeyMismatch)]
    [InlineData("kex_exchange_identification: Connection closed by remote host", FailureKind.ConnectionLost)]
    [InlineData("Timeout, server 10.0.0.1 not responding.", FailureKind.ConnectionLost)]
    [InlineData("This account is currently not available.", FailureKind.HostUnusable)]
    public void Status_255_of_ssh_is_told_apart_by_what_it_says(string line, FailureKind expected) =>
        SshDiagnosis.OfConnection(Any.Source, [line]).Kind.Should().Be(expected);

    [Fact]
    public void Changed_host_key_comes_with_the_command_that_forgets_the_old_one() =>
        SshDiagnosis.OfConnection(new Host("web1", 2222), ["Host key verification failed."]).Hint.Should().EndWith("ssh-keygen -R '[web1]:2222'");
}
