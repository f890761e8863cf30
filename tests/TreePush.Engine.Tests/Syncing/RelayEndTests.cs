using System.Diagnostics;
using TreePush.Core.Runs;
using TreePush.Engine.Syncing;
using TreePush.Engine.Tests.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

public sealed class RelayEndTests
{
    private const string Program = "treepush-relay-";

    [FleetFact]
    public async Task Relay_ends_with_its_input_and_leaves_nothing_behind()
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        var relay = await place.OpenAsync();
        place.Machine.IsRunning(Program).Should().BeTrue();
        await relay.DisposeAsync();
        (await relay.Ended).Should().BeEquivalentTo(new { Status = 0, Failure = (Failure?)null });
        await place.Machine.WaitUntilGoneAsync(Program, Patience.Usual);
        await place.Machine.AdministerAsync("! ls /tmp | grep -E 'dotnet|clr'");
    }

    [FleetFact]
    public async Task Killed_relay_is_told()
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        await using var relay = await place.OpenAsync();
        await place.Machine.AdministerAsync("pkill -KILL treepush-relay");
        var exit = await relay.Ended.WaitAsync(Patience.Usual);
        exit.Failure!.Kind.Should().Be(FailureKind.RelayEnded);
        exit.Failure.Message.Should().Contain("killed");
    }

    [FleetFact]
    public async Task Lost_connection_is_told()
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        await using var relay = await place.OpenAsync();
        await place.Machine.StopAsync();
        (await relay.Ended.WaitAsync(Patience.Usual)).Failure!.Kind.Should().Be(FailureKind.ConnectionLost);
    }

    [FleetFact]
    public async Task Relay_killed_without_leave_to_say_so_leaves_no_debugger_pipes()
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        await using var relay = await place.OpenAsync();
        await place.Machine.AdministerAsync("pkill -KILL treepush-relay");
        await relay.Ended.WaitAsync(Patience.Usual);
        await place.Machine.AdministerAsync("! ls /tmp | grep -E 'dotnet|clr'");
    }

    /// <summary>As when the controller's machine dies: nobody closes anything in good order.</summary>
    [FleetFact]
    public async Task Relay_is_gone_when_its_connection_is_killed()
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        await using var relay = await place.OpenAsync();
        using (var ssh = SshTo(place.Machine)) ssh.Kill();
        await place.Machine.WaitUntilGoneAsync(Program, Patience.Usual);
        (await relay.Ended.WaitAsync(Patience.Usual)).Failure.Should().NotBeNull();
    }

    [FleetFact]
    public async Task Connection_that_is_cut_while_the_relay_is_sent_leaves_nothing()
    {
        await using var content = new GatedStream(StandIn.Compressed[..50], StandIn.Compressed[50..]);
        var toBeOpened = new Queue<Stream>([new MemoryStream(StandIn.Compressed), content]);
        var package = new RelayPackage(StandIn.Package.Platform, StandIn.Package.Loader, toBeOpened.Dequeue, StandIn.Package.ProgramHash);
        await using var place = await RelayPlace.StartAsync(packages: [package]);
        var opening = place.RefusalAsync();
        await Wait.UntilAsync(() => place.Placed.Any(), Patience.Usual, () => "it did not begin");
        using (var ssh = SshTo(place.Machine)) ssh.Kill();
        content.Open();
        (await opening).Kind.Should().NotBe(FailureKind.ControllerFault);
        await Wait.UntilAsync(() => !place.Placed.Any(), Patience.Usual, () => string.Join(' ', place.Placed));
    }

    private static Process SshTo(FleetHost host) => Process.GetProcessesByName("ssh").Single(ssh =>
        File.ReadAllText($"/proc/{ssh.Id}/cmdline") is var line
        && line.Contains($"-p\0{host.Port}\0", StringComparison.Ordinal) && line.Contains(host.Address, StringComparison.Ordinal));
}
