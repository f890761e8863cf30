using System.Text.Json;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>What is printed where: standard output for results or JSON, standard error for people, nothing that could harm a terminal.</summary>
public sealed class OutputTests(OutputTests.Hosts hosts) : IClassFixture<OutputTests.Hosts>
{
    private const char Escape = '\e';

    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task Json_is_one_event_a_line_and_nothing_else()
    {
        var work = new Workplace(Fleet);
        string command = $"echo noise; echo noise >&2; [ $TPUSH_HOST != {work.Nobody(2)} ]";
        var result = (await work.PushAsync(command, "--json", "-s", Fleet.Hosts[0].Endpoint, "-l", work.WriteNobodies(2))).ShouldExit(3);
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] events = [.. lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("event").GetString()!)];
        events[0].Should().Be("run_started");
        events[^1].Should().Be("run_finished");
        events.Should().Contain(["source_ready", "transfer_started", "transfer_succeeded", "transfer_failed", "target_failed"]);
        lines.Should().NotBeEmpty().And.OnlyContain(l => JsonDocument.Parse(l).RootElement.GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
    }

    [FleetFact]
    public async Task The_journal_holds_the_same_events_as_json_shows()
    {
        var work = new Workplace(Fleet);
        var result = (await work.PushAsync("true", "--json", "-s", "local", "-l", work.WriteNobodies(3))).ShouldSucceed();
        work.LastRun.Read("run.jsonl").Should().Be(result.Output);
    }

    [FleetFact]
    public async Task Piped_lines_have_no_escape_codes()
    {
        var work = new Workplace(Fleet);
        var options = new ProgramOptions { Environment = new Dictionary<string, string?> { ["TERM"] = "xterm-256color" } };
        var result = (await work.PushAsync(options, "exit 5", "-r", "1", "-s", "local", "-w", work.Nobody(1))).ShouldExit(3);
        (result.Output + result.Error).Should().NotContain($"{Escape}").And.NotContain("\r");
    }

    [FleetFact]
    public async Task Hostile_output_cannot_reach_the_terminal()
    {
        var work = new Workplace(Fleet);
        string command = """printf 'a\033]0;title\007b\033[2Jc\rd\342\200\256e\n' >&2; exit 4""";
        var result = (await work.PushAsync(command, "-s", Fleet.Hosts[0].Endpoint, "-w", work.Nobody(1))).ShouldExit(3);
        (result.Output + result.Error).Should().NotContain($"{Escape}").And.NotContain("\a").And.NotContain("\u202e").And.NotContain("\r");
        result.Error.Should().Contain(@"\x1b");
    }

    [FleetFact]
    public async Task The_three_lists_are_the_result()
    {
        var work = new Workplace(Fleet);
        string command = $"test $TPUSH_HOST != {work.Nobody(2)}";
        string output = (await work.PushAsync(command, "-m", "3", "-s", "local", "-l", work.WriteNobodies(3))).ShouldExit(3).Output;
        output.Should().Contain("succeeded (2): ").And.Contain("failed (1): ").And.Contain("not tried (0)").And.Contain("exit status 1");
    }

    [FleetFact]
    public async Task A_quiet_success_says_nothing()
    {
        var work = new Workplace(Fleet);
        var result = (await work.PushAsync("echo chatter", "-q", "-s", "local", "-w", work.Nobody(1))).ShouldSucceed();
        (result.Output + result.Error).Should().BeEmpty();
    }

    [FleetFact]
    [Trait("SshClient", "openssh")]
    public async Task Debugging_shows_the_ssh_command_lines()
    {
        var work = new Workplace(Fleet);
        var source = Fleet.Hosts[0];
        (await work.PushAsync("true", "-d", "--ssh-option", "Compression=yes", "-t", "7", "-s", source.Endpoint, "-w", work.Nobody(1))).ShouldSucceed()
            .Error.Should().Contain("ssh -T -o Compression=yes").And.Contain("ConnectTimeout=7").And.Contain($"-p {source.Port} -l root -- {source.Address}");
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
