using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>What a host over ssh tells of its connection.</summary>
public sealed class LostConnectionTests
{
    private readonly string _marker = Marker.New();

    [FleetTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_lost_gives_no_status(bool share)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = Driver(fleet, share);
        await using var host = await driver.OpenAsync(HostOf(fleet), CancellationToken.None);
        var running = host.RunAsync(new RemoteCommand($"sleep {_marker}", new Dictionary<string, string>()), _ => { }, CancellationToken.None);
        await fleet.Hosts[0].WaitUntilRunningAsync($"sleep {_marker}", Patience.Usual);
        await fleet.Hosts[0].StopAsync();
        (await running).Status.Should().BeNull();
    }

    [FleetFact]
    public async Task A_shared_connection_that_is_lost_is_told()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = Driver(fleet, share: true);
        await using var host = await driver.OpenAsync(HostOf(fleet), CancellationToken.None);
        host.Lost.IsCompleted.Should().BeFalse();
        await fleet.Hosts[0].StopAsync();
        (await host.Lost.WaitAsync(Patience.Usual)).Kind.Should().Be(FailureKind.ConnectionLost);
    }

    [FleetFact]
    public async Task A_connection_that_was_closed_is_not_lost()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = Driver(fleet, share: true);
        var host = await driver.OpenAsync(HostOf(fleet), CancellationToken.None);
        await host.DisposeAsync();
        host.Lost.IsCompleted.Should().BeFalse();
        await fleet.Hosts[0].WaitUntilGoneAsync("sshd: root", Patience.Usual);
    }

    [FleetTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_whose_connection_is_cut_is_not_there(bool share)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = Driver(fleet, share);
        await using var host = await driver.OpenAsync(HostOf(fleet), CancellationToken.None);
        await using var content = new GatedStream("half"u8.ToArray(), "rest"u8.ToArray());
        var copying = host.CopyInAsync(content, content.Length, Path.Combine(fleet.DataPath, "file"), UnixFileMode.UserRead, CancellationToken.None);
        await Wait.UntilAsync(() => Directory.GetFiles(fleet.Hosts[0].DataDirectory).Length > 0, Patience.Usual, () => "it did not begin");
        await fleet.Hosts[0].StopAsync();
        content.Open();
        await copying.Awaiting(c => c).Should().ThrowAsync<RemoteException>();
        File.Exists(Path.Combine(fleet.Hosts[0].DataDirectory, "file")).Should().BeFalse();
    }

    [FleetFact]
    public async Task A_host_that_is_down_cannot_be_opened()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await fleet.Hosts[0].StopAsync();
        await using var driver = Driver(fleet, share: true);
        var open = () => driver.OpenAsync(HostOf(fleet), CancellationToken.None);
        (await open.Should().ThrowAsync<RemoteException>()).Which.Failure.Kind.Should().Be(FailureKind.HostRefused);
    }

    [FleetFact]
    public async Task A_frozen_host_cannot_be_opened()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await fleet.Hosts[0].FreezeAsync();
        await using var driver = Driver(fleet, share: true, TimeSpan.FromSeconds(1));
        var open = () => driver.OpenAsync(HostOf(fleet), CancellationToken.None);
        (await open.Should().ThrowAsync<RemoteException>()).Which.Failure.Message.Should().Contain("imed out");
    }

    private static Host HostOf(Fleet fleet) => new(fleet.Hosts[0].Address, fleet.Hosts[0].Port, fleet.Hosts[0].User);

    private static SshDriver Driver(Fleet fleet, bool share, TimeSpan? timeout = null) => new(
        new SshOptions { ConfigFile = fleet.SshConfigPath, ShareConnections = share, ConnectTimeout = timeout ?? TimeSpan.FromSeconds(10) },
        TimeProvider.System, _ => { });
}
