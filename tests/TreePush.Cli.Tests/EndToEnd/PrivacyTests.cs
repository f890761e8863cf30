using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>What a host list holds may be a secret; it stays where it is needed.</summary>
public sealed class PrivacyTests(PrivacyTests.Hosts hosts) : IClassFixture<PrivacyTests.Hosts>
{
    private readonly string _secret = $"secret-{Marker.New()}";

    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task Values_of_a_list_are_in_no_log_and_on_no_screen()
    {
        var work = new Workplace(Fleet);
        var result = await PushAsync(work);
        (result.Output + result.Error).Should().NotContain(_secret);
        string[] logs = [.. Directory.GetFiles(work.LogDirectory, "*", SearchOption.AllDirectories).Where(f => File.ReadAllText(f).Contains(_secret))];
        // The two that must have them, to go on with: neither is for other eyes.
        logs.Select(f => Path.GetFileName(f)).Should().BeEquivalentTo("request.json", "failed.txt");
    }

    [FleetFact]
    public async Task Nobody_else_can_read_what_a_run_leaves()
    {
        var work = new Workplace(Fleet);
        await PushAsync(work);
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(work.LastRun.Directory).Should().Be(Mine | UnixFileMode.UserExecute);
        string[] files = ["request.json", "failed.txt", "run.jsonl"];
        files.Should().NotBeEmpty().And.OnlyContain(f => File.GetUnixFileMode(work.LastRun[f]) == Mine);
    }

    /// <summary>One target is served, one fails, at both kinds of sources and with all that can be logged.</summary>
    private async Task<ProgramResult> PushAsync(Workplace work)
    {
        string list = work.Write("list.txt", $"{work.Nobody(1)} 9 root {_secret}\n{work.Nobody(2)} 9 root {_secret}\n");
        string command = $"test -n \"$TPUSH_TOKEN\" && test $TPUSH_HOST != {work.Nobody(2)}";
        string sources = $"local,{Fleet.Hosts[0].Endpoint}";
        return (await work.PushAsync(command, "-d", "-r", "1", "-s", sources, "-l", list, "-f", "host,port,user,token")).ShouldExit(3);
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
