using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>How every <see cref="IRemoteHost"/> forwards. Hosts of a fleet share their loopback, so that a host's port can be tried, and a listener be put at it, from here.</summary>
public abstract class ForwardConformance(ConformancePlace place)
{
    [FleetFact]
    public async Task A_port_of_the_host_leads_to_here()
    {
        await using var host = await place.OpenAsync();
        using var server = new Greeter("here");
        (await Greeter.HearAsync(await host.ForwardToHereAsync(server.End, CancellationToken.None))).Should().Be("here");
    }

    [FleetFact]
    public async Task A_way_leads_to_a_port_of_the_host()
    {
        await using var host = await place.OpenAsync();
        using var server = new Greeter("host");
        (await Greeter.HearAsync(await host.ForwardToHostAsync(server.End.Port, CancellationToken.None))).Should().Be("host");
    }

    [FleetFact]
    public async Task A_way_serves_many()
    {
        await using var host = await place.OpenAsync();
        using var server = new Greeter("here");
        int port = await host.ForwardToHereAsync(server.End, CancellationToken.None);
        (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Greeter.HearAsync(port)))).Should().HaveCount(5).And.OnlyContain(said => said == "here");
    }

    [FleetFact]
    public async Task Ways_stand_while_a_program_runs_and_after_its_end()
    {
        await using var host = await place.OpenAsync();
        using var server = new Greeter("here");
        int before = await host.ForwardToHereAsync(server.End, CancellationToken.None);
        await using var program = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
        int after = await host.ForwardToHereAsync(server.End, CancellationToken.None);
        (await Greeter.HearAsync(before)).Should().Be("here");
        (await Greeter.HearAsync(after)).Should().Be("here");
    }
}
