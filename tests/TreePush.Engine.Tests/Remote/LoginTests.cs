using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>Why hosts can't be opened.</summary>
public sealed class LoginTests
{
    public static TheoryData<SshKind> Kinds => SshKinds.All;

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_host_that_is_down_refuses(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await fleet.Hosts[0].StopAsync();
        (await FailureAsync(kind, fleet)).Kind.Should().Be(FailureKind.HostRefused);
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_frozen_host_is_not_reached(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await fleet.Hosts[0].FreezeAsync();
        var failure = await FailureAsync(kind, fleet, TimeSpan.FromSeconds(1));
        failure.Kind.Should().Be(FailureKind.HostUnreachable);
        failure.Message.Should().Contain("imed out");
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_name_that_nobody_knows_is_not_reached(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        (await FailureAsync(driver, new Host("no-such-host.invalid"))).Kind.Should().Be(FailureKind.HostUnreachable);
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_wrong_key_is_refused_with_a_hint(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await File.WriteAllTextAsync(fleet.Hosts[0].AuthorizedKeysPath, "");
        var failure = await FailureAsync(kind, fleet);
        failure.Kind.Should().Be(FailureKind.HostAuthentication);
        failure.Hint.Should().Contain("-i names a key");
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_changed_host_key_is_refused_with_a_hint(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        await using (var host = await driver.OpenAsync(fleet.Hosts[0])) (await host.RunAsync("exit 0")).Status.Should().Be(0);
        await fleet.Hosts[0].ChangeHostKeyAsync();
        var failure = await FailureAsync(driver, HostOf(fleet));
        failure.Kind.Should().Be(FailureKind.HostKeyMismatch);
        failure.Hint.Should().Contain("ssh-keygen -R");
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_login_that_hangs_is_given_up_when_it_is_cancelled(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1, EveryHost = new HostOptions { LoginShell = "/bin/bash" } });
        await File.WriteAllTextAsync(Path.Combine(fleet.Hosts[0].HomeDirectory, ".bashrc"), "sleep 1000\n");
        await using var driver = kind.NewDriver(fleet);
        using var cancelled = new CancellationTokenSource();
        var opening = TryAsync(driver, HostOf(fleet), cancelled.Token);
        await fleet.Hosts[0].WaitUntilRunningAsync("sleep 1000", Patience.Usual);
        await cancelled.CancelAsync();
        await opening.Awaiting(o => o.WaitAsync(Patience.Usual)).Should().ThrowAsync<OperationCanceledException>();
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_login_script_that_takes_the_input_is_told(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1, EveryHost = new HostOptions { LoginShell = "/bin/bash" } });
        await File.WriteAllTextAsync(Path.Combine(fleet.Hosts[0].HomeDirectory, ".bashrc"), "read -r x; echo \"$x\"\n");
        (await FailureAsync(kind, fleet)).Hint.Should().Be(SshDiagnosis.LoginScriptHint);
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_server_that_drops_connections_in_a_burst_is_tried_again(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1, EveryHost = new HostOptions { SshdLines = ["MaxStartups 2:80:4"] } });
        await using var driver = kind.NewDriver(fleet);
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var host = await driver.OpenAsync(fleet.Hosts[0]);
            await using var program = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
            return host;
        }));
        foreach (var host in opened) await host.DisposeAsync();
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_server_that_takes_one_session_on_a_connection_takes_as_many_connections(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1, EveryHost = new HostOptions { MaxSessions = 1 } });
        await using var driver = kind.NewDriver(fleet);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        await using var one = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
        await using var other = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
        (await Task.WhenAll(Enumerable.Range(3, 3).Select(status => host.RunAsync($"exit {status}")))).Select(exit => exit.Status).Should().Equal(3, 4, 5);
    }

    private static Host HostOf(Fleet fleet) => new(fleet.Hosts[0].Address, fleet.Hosts[0].Port, fleet.Hosts[0].User);

    private static async Task<Failure> FailureAsync(SshKind kind, Fleet fleet, TimeSpan? connectTimeout = null)
    {
        await using var driver = kind.NewDriver(fleet, connectTimeout);
        return await FailureAsync(driver, HostOf(fleet));
    }

    private static async Task<Failure> FailureAsync(IRemoteHostDriver driver, Host host)
    {
        var open = () => TryAsync(driver, host, CancellationToken.None);
        return (await open.Should().ThrowAsync<RemoteException>()).Which.Failure;
    }

    /// <summary>Some ways connect only when there is something to run.</summary>
    private static async Task TryAsync(IRemoteHostDriver driver, Host host, CancellationToken ct)
    {
        await using var opened = await driver.OpenAsync(host, ct);
        await using var program = await opened.OpenProgramAsync(_ => { }, ct);
    }
}
