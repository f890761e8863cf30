using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Hosts that have no relay: the controller sends it to the first ones, and they hand it on.</summary>
public sealed class FirstRunTests(FirstRunTests.NewHosts hosts) : IClassFixture<FirstRunTests.NewHosts>
{
    private static readonly TreeLiteral Tree = new TreeLiteral().RandomFile("file", 10_000, seed: 1);

    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task Relay_leaves_the_controller_twice_whatever_the_number_of_hosts()
    {
        foreach (var host in Fleet.Hosts) Forget(host);
        var shipment = await NewAsync();
        var before = Traffic.Of(Fleet);
        (await shipment.SyncAsync()).ShouldSucceed();
        long relay = Program(Fleet.Hosts[5], ".gz").Length;
        Traffic.Of(Fleet).Since(before).SentByController.Should().BeInRange(2 * relay, 3 * relay);
        await shipment.ShouldBeEverywhereAsync();
        await shipment.ShouldHaveLeftNothingAsync();
    }

    [PrivateFleetFact]
    public async Task Spoiled_program_is_not_taken_from_a_host()
    {
        var (spoiled, asks) = (Fleet.Hosts[0], Fleet.Hosts[1]);
        (await (await NewAsync("first")).SyncAsync([spoiled])).ShouldSucceed();
        byte[] program = await File.ReadAllBytesAsync(Program(spoiled, ".gz").FullName);
        program[program.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Program(spoiled, ".gz").FullName, program);
        Forget(asks);
        long received = asks.Network.BytesReceived;
        (await SyncBehindAsync(spoiled, asks)).ShouldSucceed();
        Program(asks, "").Exists.Should().BeTrue();
        (asks.Network.BytesReceived - received).Should().BeGreaterThan(2 * program.Length, "once from the host, and once from the controller");
        Forget(spoiled);
    }

    [PrivateFleetFact]
    public async Task Host_that_cannot_ask_others_gets_it_from_the_controller()
    {
        var (has, asks) = (Fleet.Hosts[2], Fleet.Hosts[3]);
        (await (await NewAsync("first")).SyncAsync([has])).ShouldSucceed();
        Forget(asks);
        await asks.RemoveProgramAsync("sha256sum");
        long sent = has.Network.BytesSent;
        (await SyncBehindAsync(has, asks)).ShouldSucceed();
        (has.Network.BytesSent - sent).Should().BeLessThan(Program(asks, ".gz").Length);
    }

    /// <summary>Brings something to both hosts, the second of which is found only when the first has its relay.</summary>
    private async Task<ProgramResult> SyncBehindAsync(FleetHost first, FleetHost second, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var shipment = await NewAsync(test);
        await second.FreezeAsync();
        await using var sync = await shipment.StartAsync([first, second], "-t", "30s");
        await Wait.UntilAsync(() => shipment.Work.Events.OfType<HostLinked>().Any(), Patience.Usual, () => sync.Error.Text);
        second.Thaw();
        var result = await sync.WaitForExitAsync();
        await shipment.ShouldBeOnAsync([first, second]);
        return result;
    }

    private async Task<Shipment> NewAsync([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var shipment = new Shipment(Fleet, test);
        await shipment.MakeSourceAsync(Tree);
        return shipment;
    }

    private static FileInfo Program(FleetHost host, string suffix) =>
        new DirectoryInfo(Cache(host)).GetFiles("treepush-relay-*").Single(f => f.Extension == suffix || (suffix.Length == 0 && f.Extension.Length == 0));

    private static string Cache(FleetHost host) => Path.Combine(host.HomeDirectory, ".cache", "treepush");

    private static void Forget(FleetHost host)
    {
        if (Directory.Exists(Cache(host))) Directory.Delete(Cache(host), recursive: true);
    }

    public sealed class NewHosts() : SharedFleet(new FleetOptions { Hosts = 6, Network = NetworkKind.Private, HostsTrustEachOther = false });
}
