namespace TreePush.Testing.Tests.Hosts;

/// <summary>One host for each way of being different, and what runs on it as whoever logs in.</summary>
public sealed class StrangeHosts() : SharedFleet(new FleetOptions
{
    Network = NetworkKind.Private,
    HostsTrustEachOther = false,
    Hosts = 7,
    ForHost = (index, host) => index switch
    {
        Arm => host with { Processor = "aarch64" },
        WithoutLibssl => host with { HidesLibssl = true },
        WithoutForwarding => host with { ForwardsPorts = false },
        NoexecHome => host with { HomeIsNoexec = true },
        WithSudo => HostOptions.MissingSudo() is null ? host with { LoginUser = "deploy" } : host,
        SmallDisk => host with { DataTmpfsBytes = 4 * 1024 * 1024 },
        _ => host,
    },
})
{
    internal const int Usual = 0;
    internal const int Arm = 1;
    internal const int WithoutLibssl = 2;
    internal const int WithoutForwarding = 3;
    internal const int NoexecHome = 4;
    internal const int WithSudo = 5;
    internal const int SmallDisk = 6;

    internal Task<ProgramResult> RunAsync(int index, string command, params string[] sshOptions)
    {
        var host = Fleet.Hosts[index];
        return Fleet.Controller.RunAsync("ssh", [.. sshOptions, "-p", $"{host.Port}", $"{host.User}@{host.Address}", command]);
    }

    internal async Task<string> AskAsync(int index, string command) =>
        (await RunAsync(index, command)).EnsureSuccess().Output.Trim();
}
