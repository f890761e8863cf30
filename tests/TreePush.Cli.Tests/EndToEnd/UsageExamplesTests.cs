using System.Runtime.CompilerServices;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>The ways to call treepush that its README shows, each with real rsync or scp.</summary>
public sealed class UsageExamplesTests(UsageExamplesTests.Hosts hosts) : IClassFixture<UsageExamplesTests.Hosts>
{
    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task Rsync_with_the_default_fields_reaches_all()
    {
        var (work, payload) = Begin();
        string list = await Fleet.WriteHostListAsync();
        await ReachAllAsync(work, payload, Commands.Rsync(payload), "-s", "127.0.0.1", "-l", list);
    }

    [FleetFact]
    public async Task Fields_can_begin_at_a_later_one()
    {
        var (work, payload) = Begin();
        string list = await Fleet.WriteHostListAsync(line: h => $"rack7 {h.Address} {h.Port} {h.User}");
        await ReachAllAsync(work, payload, Commands.Rsync(payload), "-s", "127.0.0.1", "-l", list, "-f", "2:host,port,user");
    }

    [FleetFact]
    public async Task Fields_can_stand_in_any_order()
    {
        var (work, payload) = Begin();
        string list = await Fleet.WriteHostListAsync(line: h => $"{h.User} - {h.Address} {h.Port}");
        await ReachAllAsync(work, payload, Commands.Rsync(payload), "-s", "127.0.0.1", "-l", list, "-f", "4:port,1:user,3:host");
    }

    [FleetFact]
    public async Task A_field_of_its_own_name_can_be_used_in_the_command()
    {
        var (work, payload) = Begin();
        string list = await Fleet.WriteHostListAsync(line: h => $"{h.User} - {h.Address} {h.Port} {Fleet.DataPath}");
        string command = Commands.Rsync(payload.Path, $"$TPUSH_PATH/{Path.GetFileName(payload.Path)}");
        await ReachAllAsync(work, payload, command, "-s", "127.0.0.1", "-l", list, "-f", "4:port,1:user,3:host,5:path");
    }

    [FleetFact]
    public async Task Scp_reaches_all()
    {
        var (work, payload) = Begin();
        string list = await Fleet.WriteHostListAsync();
        await ReachAllAsync(work, payload, Commands.Scp(payload), "-s", "127.0.0.1", "-l", list);
    }

    [FleetFact]
    public async Task Scp_with_retries_and_a_limit_reaches_all()
    {
        var (work, payload) = Begin();
        string list = await Fleet.WriteHostListAsync();
        await ReachAllAsync(work, payload, Commands.Scp(payload), "-s", "127.0.0.1", "-l", list, "-r", "3", "-m", "4");
    }

    private (Workplace Work, Payload Payload) Begin([CallerMemberName] string test = "")
    {
        var work = new Workplace(Fleet, test);
        return (work, Payload.OnController(Fleet, work.Name));
    }

    /// <summary>Pushes, with a first source that is in no hurry: the others must help.</summary>
    private async Task ReachAllAsync(Workplace work, Payload payload, string command, params string[] arguments)
    {
        var options = Shim.SlowAtTheController(work, command.Split(' ')[0]);
        (await work.PushAsync(options, [command, .. arguments])).ShouldSucceed();
        Fleet.Hosts.Should().NotBeEmpty().And.OnlyContain(h => payload.IsOn(h));
        string[] logs = Directory.GetFiles(work.LastRun.Directory, "*_from_*.log");
        logs.Should().HaveCount(Fleet.Hosts.Count);
        logs.Should().Contain(l => !l.EndsWith("_from_127.0.0.1.log", StringComparison.Ordinal), "who has been served serves others");
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 7 });
}
