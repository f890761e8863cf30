using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Dispatching;

/// <summary>A dispatcher that is killed loses no package, and none is installed twice.</summary>
public sealed class KilledDispatcherTests(FourDispatchHosts hosts) : IClassFixture<FourDispatchHosts>
{
    private Fleet Fleet => hosts.Fleet;

    [FleetTheory]
    [InlineData("package_seen")]
    [InlineData("package_arrived")]
    [InlineData("delivery_started")]
    [InlineData("package_delivered")]
    [InlineData("install_started")]
    [InlineData("package_installed")]
    public async Task A_dispatcher_that_is_killed_in_a_state_loses_nothing_and_repeats_no_install(string state)
    {
        var place = new DispatchPlace(Fleet);
        var host = Fleet.Hosts[0];
        place.WriteRule([host], $"{DispatchPlace.Install}; until [ -e go ]; do sleep 0.05; done");
        place.Work.Write("app-1", "content");
        if (state == "package_installed") Open(place, host);
        await using (var first = place.Start("app-1", "--json"))
        {
            await Wait.UntilAsync(() => first.Output.Text.Contains($"\"{state}\"", StringComparison.Ordinal), Patience.Usual, () => first.Output.Text + first.Error.Text);
            first.Kill();
        }

        Open(place, host);
        // Any dispatcher that starts goes on with what another has left: here one that is given nothing that it could deliver.
        await place.DispatchAsync("none");
        string? now = await place.StateAsync("app-1");
        place.InstalledOn(host).Length.Should().BeLessThanOrEqualTo(1);
        if (now == "unknown") (await place.DispatchAsync("retry", "app-1", "--installed")).ShouldSucceed();
        else place.InstalledOn(host).Should().ContainSingle("the package is {0}", now);
        (await place.StateAsync("app-1")).Should().Be("installed");
    }

    [FleetFact]
    public async Task An_install_whose_dispatcher_was_killed_is_unknown_until_a_person_decides()
    {
        var place = new DispatchPlace(Fleet);
        var host = Fleet.Hosts[0];
        place.WriteRule([host], $"{DispatchPlace.Install}; until [ -e go ]; do sleep 0.05; done");
        place.Work.Write("app-1", "content");
        await using (var first = place.Start("app-1"))
        {
            await Wait.UntilAsync(() => place.InstalledOn(host).Length == 1, Patience.Usual, () => first.Error.Text);
            first.Kill();
        }

        (await place.DispatchAsync("app-1")).ShouldFail(3, "UNKNOWN", "--install");
        (await place.DispatchAsync("retry", "app-1")).ShouldFail(3, "--installed");
        place.InstalledOn(host).Should().ContainSingle();
        Open(place, host);
        (await place.DispatchAsync("retry", "app-1", "--install")).ShouldSucceed();
        place.InstalledOn(host).Should().HaveCount(2);
    }

    [FleetFact]
    public async Task A_connection_that_is_lost_during_an_install_makes_it_unknown()
    {
        var place = new DispatchPlace(Fleet);
        var host = Fleet.Hosts[1];
        place.WriteRule([host], $"{DispatchPlace.Install}; sleep 600");
        place.Work.Write("app-1", "content");
        await using var dispatcher = place.Start("app-1");
        await Wait.UntilAsync(() => place.InstalledOn(host).Length == 1, Patience.Usual, () => dispatcher.Error.Text);
        await host.StopAsync();
        (await dispatcher.WaitForExitAsync()).ShouldFail(3, "UNKNOWN");
        await host.StartAsync();
        (await place.StateAsync("app-1")).Should().Be("unknown");
    }

    private static void Open(DispatchPlace place, FleetHost host)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place.OnHost(host, "go"))!);
        File.WriteAllText(place.OnHost(host, "go"), "");
    }
}
