namespace TreePush.Testing.Tests.Hosts;

public sealed class Arm64HostTests(Arm64HostTests.Hosts hosts) : IClassFixture<Arm64HostTests.Hosts>
{
    private const string Program = """
        #include <stdio.h>
        #include <stdlib.h>
        int main(int count, char **arguments)
        {
        #ifdef __aarch64__
            printf("%s %s %s\n", arguments[0], arguments[1], getenv("GREETING"));
        #endif
            return 7;
        }
        """;

    [Arm64Fact("aarch64-linux-gnu-gcc")]
    public async Task Program_for_arm64_gets_its_arguments_and_environment_there_and_runs_nowhere_else()
    {
        var (arm, usual) = (hosts.Fleet.Hosts[0], hosts.Fleet.Hosts[1]);
        string built = Path.Combine(arm.DataDirectory, "program");
        await File.WriteAllTextAsync(built + ".c", Program);
        (await hosts.Fleet.Controller.RunAsync("aarch64-linux-gnu-gcc", ["-o", built, built + ".c"])).EnsureSuccess();
        File.Copy(built, Path.Combine(usual.DataDirectory, "program"));

        string command = $"cd {hosts.Fleet.DataPath}; GREETING='hello there' ./program 'an argument'; echo $?; uname -sm";
        (await RunAsync(arm, command)).Output.Should().Be("./program an argument hello there\n7\nLinux aarch64\n");
        (await RunAsync(usual, command)).Output.Should().NotContain("an argument");
    }

    private async Task<ProgramResult> RunAsync(FleetHost host, string command) =>
        await hosts.Fleet.Controller.RunAsync("ssh", ["-p", $"{host.Port}", host.Address, command]);

    public sealed class Hosts() : SharedFleet(new FleetOptions
    {
        Hosts = 2,
        ForHost = (index, usual) => usual with { IsArm64 = index == 0 && HostOptions.MissingArm64() is null },
    });
}
