using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>Ways through ssh connections.</summary>
public sealed class SshForwardTests
{
    public static TheoryData<SshKind> Kinds => SshKinds.All;

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task Ways_end_with_the_host(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        using var server = new Greeter("here");
        int port;
        await using (var host = await driver.OpenAsync(fleet.Hosts[0])) port = await host.ForwardToHereAsync(server.End, CancellationToken.None);
        port.Should().NotBe(server.End.Port);
        await Wait.UntilAsync(() => !Greeter.Listens(port), Patience.Usual, () => "the host still listens");
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task Two_hosts_are_joined_through_here(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 2 });
        await using var driver = kind.NewDriver(fleet);
        await using var parent = await driver.OpenAsync(fleet.Hosts[0]);
        await using var child = await driver.OpenAsync(fleet.Hosts[1]);
        using var server = new Greeter("parent");
        int port = await child.ForwardToHereAsync(await parent.ForwardToHostAsync(server.End.Port, CancellationToken.None), CancellationToken.None);
        (await Greeter.HearAsync(port)).Should().Be("parent");
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_server_that_does_not_forward_is_told(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1, EveryHost = new HostOptions { ForwardsPorts = false } });
        await using var driver = kind.NewDriver(fleet);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        using var server = new Greeter("here");
        var forward = () => host.ForwardToHereAsync(server.End, CancellationToken.None);
        var failure = (await forward.Should().ThrowAsync<RemoteException>()).Which.Failure;
        failure.Kind.Should().Be(FailureKind.ForwardingRefused);
        failure.Hint.Should().Contain("AllowTcpForwarding");
        (await host.RunAsync("exit 3")).Status.Should().Be(3);
    }
}
