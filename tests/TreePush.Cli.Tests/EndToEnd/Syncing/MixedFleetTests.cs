using System.Buffers.Binary;
using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Hosts with two kinds of processors in one run: each gets its own relay, and all of them the same files.</summary>
public sealed class MixedFleetTests(MixedFleetTests.MixedHosts hosts) : IClassFixture<MixedFleetTests.MixedHosts>
{
    private const string CrossCompiler = "aarch64-linux-gnu-gcc";
    private const string CrossHeaders = "/usr/aarch64-linux-gnu/include/stdlib.h";

    private static readonly TreeLiteral Tree =
        new TreeLiteral().RandomFile("large", 3_000_000, seed: 1).RandomFile("directory/small", 1000, seed: 2).File("empty").Link("link", "large");

    private Fleet Fleet => hosts.Fleet;

    [Arm64Fact(CrossCompiler, CrossHeaders)]
    public async Task Relay_that_is_shipped_for_its_processor_serves_each_host()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(Tree);
        (await shipment.SyncAsync("--checksum")).ShouldSucceed();
        await ShouldBeProvenAsync(shipment, Fleet.Hosts);
        foreach (var host in Fleet.Hosts)
        {
            var placed = new DirectoryInfo(Path.Combine(host.HomeDirectory, ".cache", "treepush")).GetFiles("treepush-relay-*").Where(f => f.Extension.Length == 0);
            byte[] program = await File.ReadAllBytesAsync(placed.Should().ContainSingle().Which.FullName);
            var package = RelayPackage.Shipped.Single(p => p.Platform == (IsArm64(host) ? "Linux aarch64" : "Linux x86_64"));
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(program)).Should().Be(package.ProgramHash);
            MachineOf(program).Should().Be(IsArm64(host) ? 183 : 62, "elf.h calls these EM_AARCH64 and EM_X86_64");
        }
    }

    [Arm64Fact(CrossCompiler, CrossHeaders)]
    public async Task Source_may_have_another_processor_than_its_targets()
    {
        var shipment = new Shipment(Fleet);
        var source = Fleet.Hosts.First(IsArm64);
        var targets = Fleet.Hosts.Where(h => h != source).ToList();
        await shipment.MakeSourceAsync(Tree);
        await shipment.MakeSourceOnAsync(source, Tree);
        (await shipment.SyncAsync(targets, "-s", source.Endpoint)).ShouldSucceed();
        await ShouldBeProvenAsync(shipment, targets);
    }

    private static async Task ShouldBeProvenAsync(Shipment shipment, IReadOnlyList<FleetHost> targets)
    {
        await shipment.ShouldBeOnAsync(targets);
        shipment.Receipts.Select(r => r.Digest).Should().HaveCount(targets.Count).And.AllBeEquivalentTo(shipment.Receipts[0].Digest);
        foreach (var host in targets) await host.WaitUntilGoneAsync(Shipment.RelayProgram, Patience.Usual);
        await shipment.ShouldHaveLeftNothingAsync();
    }

    private static bool IsArm64(FleetHost host) => host.Index % 2 == 1;

    /// <summary>For which processor an ELF file is.</summary>
    private static int MachineOf(byte[] program) => BinaryPrimitives.ReadUInt16LittleEndian(program.AsSpan(18));

    /// <summary>Six hosts, every second one with an arm64 processor: three of these, so that one gets its relay from another.</summary>
    public sealed class MixedHosts() : SharedFleet(new FleetOptions
    {
        Hosts = 6,
        Network = NetworkKind.Private,
        HostsTrustEachOther = false,
        ForHost = (index, usual) => usual with { IsArm64 = index % 2 == 1 && HostOptions.MissingArm64() is null },
    });
}
