using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Hosts where no relay can run are told of up front, with what to do, and the others are served.</summary>
public sealed class UnfitHostTests(UnfitHostTests.OddHosts hosts) : IClassFixture<UnfitHostTests.OddHosts>
{
    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task They_are_named_with_a_hint_and_the_rest_are_served()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("file", "content"));
        var result = await shipment.SyncAsync();
        result.ShouldFail(3, "riscv64", "there is no relay for it", "libssl", "hint: install OpenSSL's library");
        shipment.Failures.Select(f => f.Target.Value).Should().BeEquivalentTo([Fleet.Hosts[1].Address, Fleet.Hosts[2].Address]);
        shipment.Failures.Should().NotBeEmpty().And.OnlyContain(f => f.Failure.Hint != null);
        await shipment.ShouldBeOnAsync([Fleet.Hosts[0], Fleet.Hosts[3]]);
        await shipment.ShouldHaveLeftNothingAsync();
    }

    [PrivateFleetFact]
    public async Task One_that_is_the_only_source_fails_the_run()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceOnAsync(Fleet.Hosts[1], new TreeLiteral().File("file"));
        (await shipment.SyncAsync([Fleet.Hosts[0]], "-s", Fleet.Hosts[1].Endpoint)).ShouldFail(3, "no source could be used", "riscv64");
    }

    /// <summary>A usual one, one with another processor, one without libssl, and one that runs nothing from its home: /var/tmp is left to that.</summary>
    public sealed class OddHosts() : SharedFleet(new FleetOptions
    {
        Network = NetworkKind.Private,
        HostsTrustEachOther = false,
        ForHost = (index, usual) => index switch
        {
            1 => usual with { Processor = "riscv64" },
            2 => usual with { HidesLibssl = true },
            3 => usual with { HomeIsNoexec = true },
            _ => usual,
        },
    });
}
