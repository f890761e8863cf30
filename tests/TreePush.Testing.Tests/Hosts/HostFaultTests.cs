namespace TreePush.Testing.Tests.Hosts;

public sealed class HostFaultTests(HostFaultTests.FourHosts fleet) : IClassFixture<HostFaultTests.FourHosts>
{
    private Fleet Fleet => fleet.Fleet;

    [PrivateFleetFact]
    public async Task Read_only_data_are_writable_again_after_a_restart()
    {
        var host = Fleet.Hosts[0];
        await host.MakeDataReadOnlyAsync();
        (await RunAsync(host, $"touch {Fleet.DataPath}/file")).Error.Should().Contain("Read-only file system");
        await host.StopAsync();
        await host.StartAsync();
        (await RunAsync(host, $"touch {Fleet.DataPath}/file")).ExitCode.Should().Be(0);
    }

    [PrivateFleetFact]
    public async Task Processes_of_one_program_are_killed_and_no_others()
    {
        var host = Fleet.Hosts[1];
        var marker = Marker.New();
        await using var victim = Start(host, $"cp /bin/sleep /tmp/a-long-program-name; /tmp/a-long-program-name {marker}");
        await using var other = Start(host, $"sleep {marker}");
        await host.WaitUntilRunningAsync($"sleep {marker}", Patience.Usual);
        await Wait.UntilAsync(() => host.ProcessesOf("a-long-program-name").Count == 1, Patience.Usual, () => "it does not run");
        await host.KillProcessAsync("a-long-program-name");
        (await victim.WaitForExitAsync()).ExitCode.Should().Be(255);
        host.ProcessesOf("sleep").Should().ContainSingle();
        host.Invoking(h => h.SignalProcesses("a-long-program-name", Signal.Kill)).Should().Throw<InvalidOperationException>();
    }

    [PrivateFleetFact]
    public async Task Link_is_still_cut_and_counts_on_after_a_restart()
    {
        var host = Fleet.Hosts[2];
        (await RunAsync(host, "true")).ExitCode.Should().Be(0);
        await host.Network.CutLinkAsync();
        var sent = host.Network.BytesSent;
        await host.StopAsync();
        host.Network.BytesSent.Should().Be(sent).And.BeGreaterThan(0);
        await host.StartAsync();
        (await RunAsync(host, "true", "-o", "ConnectTimeout=1")).ExitCode.Should().Be(255);
        await host.Network.MendLinkAsync();
        (await RunAsync(host, "true")).ExitCode.Should().Be(0);
    }

    [PrivateFleetFact]
    public async Task Data_home_and_processes_are_each_hosts_own()
    {
        foreach (var host in Fleet.Hosts)
        {
            var command = $"hostname -I; echo {host.Index} > {Fleet.DataPath}/index; mkdir -p ~/.cache; echo {host.Index} > ~/.cache/index; ls /proc | grep -c '^[0-9]'";
            (await RunAsync(host, command)).EnsureSuccess();
        }

        foreach (var host in Fleet.Hosts)
        {
            foreach (var directory in new[] { host.DataDirectory, Path.Combine(host.HomeDirectory, ".cache") })
                (await File.ReadAllTextAsync(Path.Combine(directory, "index"))).Should().Be($"{host.Index}\n");
        }
    }

    private Task<ProgramResult> RunAsync(FleetHost host, string command, params string[] options) =>
        Fleet.Controller.RunAsync("ssh", [.. options, host.Address, command]);

    private RunningProgram Start(FleetHost host, string command) => Fleet.Controller.Start("ssh", [host.Address, command]);

    public sealed class FourHosts() : SharedFleet(new FleetOptions { Network = NetworkKind.Private });
}
