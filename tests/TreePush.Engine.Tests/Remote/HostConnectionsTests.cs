using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Remote.Ssh;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>How connections are shared, kept and replaced, with an ssh that connects to nothing.</summary>
public sealed class HostConnectionsTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeSsh _ssh = new();
    private readonly ManualTime _time = new();
    private readonly HostConnections _pool;

    public HostConnectionsTests() =>
        _pool = new HostConnections(new SshDriver(new SshOptions { Program = _ssh.Path }, SshSecrets.None, TimeProvider.System, _ => { }), _time);

    [Fact]
    public async Task Two_at_once_and_a_third_afterwards_share_a_login()
    {
        var leases = await Task.WhenAll(OpenAsync(), OpenAsync());
        (await Task.WhenAll(leases.Select(l => l.RunAsync("true")))).Should().HaveCount(2).And.OnlyContain(e => e.Status == 0);
        foreach (var lease in leases) await lease.DisposeAsync();
        await using var third = await OpenAsync();
        (await third.RunAsync("true")).Status.Should().Be(0);
        Logins.Should().Be(1);
    }

    [Fact]
    public async Task Other_users_and_other_hosts_have_logins_of_their_own()
    {
        foreach (var host in new[] { new Host("a"), new Host("a", user: "u"), new Host("a", 2222), new Host("b") })
            await (await _pool.OpenAsync(host, CancellationToken.None)).DisposeAsync();
        Logins.Should().Be(4);
    }

    [Fact]
    public async Task A_connection_that_nobody_uses_is_closed_after_a_while()
    {
        await (await OpenAsync()).DisposeAsync();
        _time.Pass(HostConnections.IdlePatience - TimeSpan.FromSeconds(1));
        await (await OpenAsync()).DisposeAsync();
        Logins.Should().Be(1);
        _time.Pass(HostConnections.IdlePatience);
        await (await OpenAsync()).DisposeAsync();
        Logins.Should().Be(2);
    }

    [Fact]
    public async Task A_connection_in_use_is_not_closed_however_long_that_takes()
    {
        await using var lease = await OpenAsync();
        _time.Pass(10 * HostConnections.IdlePatience);
        (await lease.RunAsync("true")).Status.Should().Be(0);
        lease.Lost.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_lost_connection_is_replaced_at_the_next_lease()
    {
        await using var lease = await OpenAsync();
        _ssh.EndShells();
        await lease.Lost.WaitAsync(Patience);
        await using var next = await OpenAsync();
        next.Lost.IsCompleted.Should().BeFalse();
        (await next.RunAsync("true")).Status.Should().Be(0);
        Logins.Should().Be(2);
    }

    [Fact]
    public async Task A_login_that_fails_is_told_to_all_who_wait_and_tried_again_at_the_next_lease()
    {
        _ssh.Fail("master", "root@a: Permission denied (publickey).");
        var waiting = new[] { OpenAsync(), OpenAsync() };
        foreach (var login in waiting)
            (await login.Awaiting(l => l).Should().ThrowAsync<RemoteException>()).Which.Failure.Kind.Should().Be(FailureKind.HostAuthentication);
        _ssh.Heal("master");
        await using var third = await OpenAsync();
        (await third.RunAsync("true")).Status.Should().Be(0);
    }

    [Fact]
    public async Task A_login_that_nobody_waits_for_any_more_is_broken_off()
    {
        _ssh.Hold("master");
        using var cancelled = new CancellationTokenSource();
        var (one, other) = (_pool.OpenAsync(new Host("a"), cancelled.Token), _pool.OpenAsync(new Host("a"), cancelled.Token));
        await _ssh.WaitForCallsAsync("master", 1);
        await cancelled.CancelAsync();
        foreach (var waiting in new[] { one, other }) await waiting.Awaiting(w => w.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
        _ssh.Go();
        await using var next = await OpenAsync();
        Logins.Should().Be(2);
    }

    [Fact]
    public async Task Giving_a_login_up_does_not_disturb_another_who_waits_for_it()
    {
        _ssh.Hold("master");
        using var cancelled = new CancellationTokenSource();
        var given = _pool.OpenAsync(new Host("a"), cancelled.Token);
        await _ssh.WaitForCallsAsync("master", 1);
        var kept = OpenAsync();
        await cancelled.CancelAsync();
        await given.Awaiting(w => w.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
        _ssh.Go();
        await using var lease = await kept;
        Logins.Should().Be(1);
    }

    [Fact]
    public async Task Disposing_of_a_lease_ends_its_commands_and_programs_and_no_others()
    {
        await using var staying = await OpenAsync();
        var leaving = await OpenAsync();
        var kept = staying.RunAsync(_ssh.Wait + "; exit 5");
        var ended = leaving.RunAsync(_ssh.Wait);
        var program = await leaving.OpenProgramAsync(_ => { }, CancellationToken.None).WaitAsync(Patience);
        await leaving.DisposeAsync().AsTask().WaitAsync(Patience);
        program.Ended.IsCompleted.Should().BeTrue();
        (await ended.WaitAsync(Patience)).Loss!.Kind.Should().Be(FailureKind.ConnectionLost);
        staying.Lost.IsCompleted.Should().BeFalse();
        _ssh.Go();
        (await kept.WaitAsync(Patience)).Status.Should().Be(5);
        await leaving.Awaiting(l => l.RunAsync("true")).Should().ThrowAsync<RemoteException>();
    }

    [Fact]
    public async Task A_program_never_takes_the_connection_along()
    {
        await using var lease = await OpenAsync();
        await (await lease.OpenProgramAsync(_ => { }, CancellationToken.None).WaitAsync(Patience)).DisposeAsync();
        (await lease.RunAsync("true")).Status.Should().Be(0);
        _ssh.Calls.Should().Equal("master", "join", "join");
    }

    [Fact]
    public async Task The_end_of_the_pool_ends_what_goes_on_and_turns_away_who_comes()
    {
        var lease = await OpenAsync();
        var running = lease.RunAsync(_ssh.Wait);
        await _ssh.WaitForCallsAsync("join", 1);
        await _pool.DisposeAsync().AsTask().WaitAsync(Patience);
        await lease.DisposeAsync().AsTask().WaitAsync(Patience);
        (await running.WaitAsync(Patience)).Loss.Should().NotBeNull();
        var open = OpenAsync;
        await open.Should().ThrowAsync<RemoteException>();
    }

    private int Logins => _ssh.Calls.Count(c => c == "master");

    public async ValueTask DisposeAsync()
    {
        _ssh.Go();
        await _pool.DisposeAsync();
        _ssh.Dispose();
    }

    private Task<IRemoteHost> OpenAsync() => _pool.OpenAsync(new Host("a"), CancellationToken.None).WaitAsync(Patience);
}
