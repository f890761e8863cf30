using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Remote.Ssh;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>How sessions are spread over connections, with an ssh that connects to nothing.</summary>
public sealed class SshHostTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Server = "mux_client_request_session: session request failed: Session open refused by peer";

    private static readonly string NoMaster = "kex_exchange_identification: Connection closed by remote host";

    private readonly FakeSsh _ssh = new();
    private readonly SshDriver _driver;

    public SshHostTests() => _driver = new SshDriver(new SshOptions { Program = _ssh.Path }, SshSecrets.None, TimeProvider.System, _ => { });

    [Fact]
    public async Task Two_at_once_share_a_connection()
    {
        await using var host = await OpenAsync();
        var exits = await Task.WhenAll(RunAsync(host), RunAsync(host)).WaitAsync(Patience);
        exits.Should().NotBeEmpty().And.OnlyContain(e => e.Status == 0);
        _ssh.Calls.Should().BeEquivalentTo("master", "join", "join");
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    [InlineData(20, 3)]
    public async Task A_connection_takes_nine_sessions_and_then_another_one_is_opened(int sessions, int connections)
    {
        await using var host = await OpenAsync();
        var running = Enumerable.Range(0, sessions).Select(_ => RunAsync(host, _ssh.Wait)).ToList();
        await _ssh.WaitForCallsAsync("join", sessions);
        _ssh.Calls.Count(c => c == "master").Should().Be(connections);
        _ssh.Go();
        (await Task.WhenAll(running).WaitAsync(Patience)).Should().NotBeEmpty().And.OnlyContain(e => e.Status == 0);
    }

    [Fact]
    public async Task A_host_that_is_closed_while_a_further_login_is_under_way_breaks_it_off()
    {
        var host = await OpenAsync();
        var running = Enumerable.Range(0, 9).Select(_ => RunAsync(host, _ssh.Wait)).ToList();
        await _ssh.WaitForCallsAsync("join", 9);
        _ssh.Hold("master");
        var (login, next) = (RunAsync(host), RunAsync(host));
        await _ssh.WaitForCallsAsync("master", 2);
        _ssh.Go();
        await host.DisposeAsync().AsTask().WaitAsync(Patience);
        foreach (var late in new[] { login, next, RunAsync(host) })
            (await late.Awaiting(l => l.WaitAsync(Patience)).Should().ThrowAsync<RemoteException>()).Which.Failure.Kind.Should().Be(FailureKind.ConnectionLost);
        await Task.WhenAll(running).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_transfer_that_is_cancelled_while_it_waits_for_a_login_leaves_the_login_to_the_next()
    {
        await using var host = await OpenAsync();
        var running = Enumerable.Range(0, 9).Select(_ => RunAsync(host, _ssh.Wait)).ToList();
        await _ssh.WaitForCallsAsync("join", 9);
        _ssh.Hold("master");
        using var cts = new CancellationTokenSource();
        var (cancelled, next) = (RunAsync(host, ct: cts.Token), RunAsync(host));
        await _ssh.WaitForCallsAsync("master", 2);
        await cts.CancelAsync();
        _ssh.Go();
        await cancelled.Awaiting(c => c.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
        (await next.WaitAsync(Patience)).Status.Should().Be(0);
        await Task.WhenAll(running).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_first_connection_that_fails_is_the_hosts_failure()
    {
        _ssh.Fail("master", "root@a: Permission denied (publickey).");
        var open = OpenAsync;
        (await open.Should().ThrowAsync<RemoteException>()).Which.Failure.Kind.Should().Be(FailureKind.HostAuthentication);
    }

    [Fact]
    public async Task A_further_connection_that_fails_concerns_nobody_else()
    {
        await using var host = await OpenAsync();
        var running = Enumerable.Range(0, 9).Select(_ => RunAsync(host, _ssh.Wait)).ToList();
        await _ssh.WaitForCallsAsync("join", 9);
        _ssh.Fail("master", "ssh: connect to host a port 22: Connection refused");
        await host.Awaiting(h => RunAsync(h)).Should().ThrowAsync<RemoteException>();
        host.Lost.IsCompleted.Should().BeFalse();
        _ssh.Go();
        (await Task.WhenAll(running).WaitAsync(Patience)).Should().NotBeEmpty().And.OnlyContain(e => e.Status == 0);
    }

    [Fact]
    public async Task Where_a_server_refuses_sessions_each_transfer_has_a_connection_of_its_own()
    {
        await using var host = await OpenAsync();
        _ssh.Fail("join", Server);
        (await RunAsync(host).WaitAsync(Patience)).Status.Should().Be(0);
        (await RunAsync(host).WaitAsync(Patience)).Status.Should().Be(0);
        _ssh.Calls.Should().Equal("master", "join", "alone", "alone");
    }

    [Theory]
    [InlineData("open failed: No such file or directory")]
    [InlineData("rsync said: channel 0: open failed: connect failed")]
    [InlineData("client: session request failed: try later")]
    public async Task A_session_that_is_lost_after_such_output_is_not_taken_for_a_refused_one(string printed)
    {
        await using var host = await OpenAsync();
        var exit = await RunAsync(host, $"echo '{printed}' >&2; kill -KILL $$").WaitAsync(Patience);
        exit.Loss.Should().NotBeNull();
        _ssh.Calls.Should().Equal("master", "join");
    }

    [Fact]
    public async Task A_session_that_is_lost_with_its_connection_is_not_taken_for_a_refused_one()
    {
        await using var host = await OpenAsync();
        var running = RunAsync(host, $"echo '{Server}' >&2; {_ssh.Wait}; kill -KILL $$");
        await _ssh.WaitForCallsAsync("join", 1);
        _ssh.EndShells(count: 1);
        await host.Lost.WaitAsync(Patience);
        _ssh.Go();
        (await running.WaitAsync(Patience)).Loss.Should().NotBeNull();
        _ssh.Calls.Should().Equal("master", "join");
    }

    [Fact]
    public async Task A_command_that_prints_what_a_refusal_looks_like_is_not_run_again()
    {
        await using var host = await OpenAsync();
        var exit = await RunAsync(host, "echo 'open failed' >&2; kill -9 $$").WaitAsync(Patience);
        exit.Status.Should().BeNull();
        _ssh.Calls.Should().Equal("master", "join");
    }

    [Fact]
    public async Task Where_a_session_finds_the_connection_lost_a_new_one_is_made()
    {
        await using var host = await OpenAsync();
        _ssh.FailOnce("join", NoMaster);
        (await RunAsync(host).WaitAsync(Patience)).Status.Should().Be(0);
        _ssh.FailOnce("join", NoMaster);
        await using var first = await host.OpenProgramAsync(_ => { }, CancellationToken.None).WaitAsync(Patience);
        await using var second = await host.OpenProgramAsync(_ => { }, CancellationToken.None).WaitAsync(Patience);
        _ssh.Calls.Should().Equal("master", "join", "master", "join", "join", "master", "join");
    }

    [Fact]
    public async Task A_new_connection_that_is_lost_as_well_is_the_commands_failure()
    {
        await using var host = await OpenAsync();
        _ssh.Fail("join", NoMaster);
        (await RunAsync(host).WaitAsync(Patience)).Loss!.Kind.Should().Be(FailureKind.ConnectionLost);
        _ssh.Calls.Should().Equal("master", "join", "master", "join");
    }

    [Fact]
    public async Task A_command_that_prints_what_a_lost_connection_looks_like_is_not_run_again()
    {
        await using var host = await OpenAsync();
        (await RunAsync(host, $"echo '{NoMaster}' >&2; kill -9 $$").WaitAsync(Patience)).Status.Should().BeNull();
        _ssh.Calls.Should().Equal("master", "join");
    }

    [Fact]
    public async Task A_session_that_is_refused_beside_others_is_asked_for_again()
    {
        var time = new ManualTime();
        await using var driver = new SshDriver(new SshOptions { Program = _ssh.Path }, SshSecrets.None, time, _ => { });
        await using var host = await driver.OpenAsync(new Host("a"), CancellationToken.None).WaitAsync(Patience);
        var running = RunAsync(host, _ssh.Wait);
        await _ssh.WaitForCallsAsync("join", 1);
        _ssh.Fail("join", Server);
        var refused = RunAsync(host);
        await Wait.UntilAsync(() => time.NextDue < TimeSpan.FromSeconds(1), Patience, () => "it is not asked for again");
        _ssh.Heal("join");
        time.Pass(time.NextDue!.Value);
        (await refused.WaitAsync(Patience)).Status.Should().Be(0);
        _ssh.Go();
        (await running.WaitAsync(Patience)).Status.Should().Be(0);
        _ssh.Calls.Should().Equal("master", "join", "join", "join");
    }

    [Fact]
    public async Task The_first_program_takes_the_shell_that_waits_and_the_next_one_joins()
    {
        await using var host = await OpenAsync();
        await using var first = await host.OpenProgramAsync(_ => { }, CancellationToken.None).WaitAsync(Patience);
        _ssh.Calls.Should().Equal("master");
        await using var second = await host.OpenProgramAsync(_ => { }, CancellationToken.None).WaitAsync(Patience);
        (await RunAsync(host).WaitAsync(Patience)).Status.Should().Be(0);
        _ssh.Calls.Should().Equal("master", "join", "join");
    }

    [Fact]
    public async Task Where_a_server_refuses_sessions_a_second_program_has_a_connection_of_its_own()
    {
        await using var host = await OpenAsync();
        _ssh.Fail("join", Server);
        await using var first = await host.OpenProgramAsync(_ => { }, CancellationToken.None).WaitAsync(Patience);
        await using var second = await host.OpenProgramAsync(_ => { }, CancellationToken.None).WaitAsync(Patience);
        _ssh.Calls.Should().Equal("master", "join", "alone");
    }

    [Fact]
    public async Task A_host_goes_on_over_a_new_connection_when_the_program_with_the_shell_has_ended()
    {
        await using var host = await OpenAsync();
        await (await host.OpenProgramAsync(_ => { }, CancellationToken.None).WaitAsync(Patience)).DisposeAsync();
        (await RunAsync(host).WaitAsync(Patience)).Status.Should().Be(0);
        host.Lost.IsCompleted.Should().BeFalse();
        _ssh.Calls.Should().Equal("master", "master", "join");
    }

    [Fact]
    public async Task A_connection_whose_shell_ends_by_itself_is_lost()
    {
        await using var host = await OpenAsync();
        host.Lost.IsCompleted.Should().BeFalse();
        _ssh.EndShells();
        (await host.Lost.WaitAsync(Patience)).Kind.Should().Be(FailureKind.ConnectionLost);
    }

    public async ValueTask DisposeAsync()
    {
        _ssh.Go();
        await _driver.DisposeAsync();
        _ssh.Dispose();
    }

    private Task<IRemoteHost> OpenAsync() => _driver.OpenAsync(new Host("a"), CancellationToken.None).WaitAsync(Patience);

    private static Task<RemoteExit> RunAsync(IRemoteHost host, string command = "true", CancellationToken ct = default) =>
        host.RunAsync(new RemoteCommand(command, new Dictionary<string, string>()), _ => { }, ct);
}
