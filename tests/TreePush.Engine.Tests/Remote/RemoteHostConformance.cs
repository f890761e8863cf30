using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>What every <see cref="IRemoteHost"/> does, whatever reaches it. A driver joins by a subclass.</summary>
public abstract class RemoteHostConformance(ConformancePlace place)
{
    private static readonly Dictionary<string, string> None = [];

    protected ConformancePlace Place => place;

    [FleetTheory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("false", 1)]
    [InlineData("sh -c 'kill -9 $$'", 137)]
    [InlineData("no-such-program-anywhere", 127)]
    public async Task The_exit_status_arrives(string command, int status) =>
        (await RunAsync(command)).Exit.Status.Should().Be(status);

    [FleetFact]
    public async Task Status_255_of_a_command_is_no_lost_connection() =>
        (await RunAsync("exit 255")).Exit.Status.Should().Be(255);

    [FleetFact]
    public async Task Both_streams_arrive_and_are_told_apart()
    {
        var (_, lines) = await RunAsync("echo out; echo err >&2; echo more");
        lines.Where(l => !l.IsError).Select(l => l.Text).Should().Equal("out", "more");
        lines.Where(l => l.IsError).Select(l => l.Text).Should().Equal("err");
    }

    [FleetFact]
    public async Task Lines_end_with_a_newline_a_carriage_return_or_both()
    {
        var (_, lines) = await RunAsync("""printf 'one\ntwo\r\n\nsixty %%\rsixty-one %%\rdone\n'""");
        lines.Select(l => l.Text).Should().Equal("one", "two", "", "", "sixty %", "sixty-one %", "done");
    }

    [FleetFact]
    public async Task A_last_line_needs_no_end()
    {
        var (exit, lines) = await RunAsync("printf out; printf err >&2; exit 3");
        exit.Status.Should().Be(3);
        lines.Should().BeEquivalentTo([new OutputLine("out", false), new OutputLine("err", true)]);
    }

    [FleetFact]
    public async Task The_last_lines_are_kept()
    {
        var exit = (await RunAsync("seq 100")).Exit;
        exit.Tail.Should().EndWith(["98", "99", "100"]).And.HaveCountLessThan(50);
    }

    [FleetFact]
    public async Task Output_of_any_bytes_and_any_length_of_line_arrives()
    {
        var (exit, lines) = await RunAsync("""printf '\000\377\376x\n'; head -c 100000 /dev/zero | tr '\0' y""");
        exit.Status.Should().Be(0);
        lines[0].Text.Should().EndWith("x");
        lines.Sum(l => l.Text.Count(c => c == 'y')).Should().Be(100_000);
    }

    [FleetFact]
    public async Task Ten_megabytes_of_output_arrive()
    {
        var (exit, lines) = await RunAsync("seq 1000000000 1000999999");
        exit.Status.Should().Be(0);
        lines.Select(l => l.Text).SequenceEqual(Enumerable.Range(1_000_000_000, 1_000_000).Select(n => $"{n}")).Should().BeTrue();
    }

    [FleetFact]
    public async Task The_input_of_a_command_is_empty()
    {
        var (exit, lines) = await RunAsync("cat; read line || echo nothing");
        exit.Status.Should().Be(0);
        lines.Should().ContainSingle().Which.Text.Should().Be("nothing");
    }

    [FleetTheory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("  two  spaces\tand tab ")]
    [InlineData("'single' \"double\" \\ back\\\\slash")]
    [InlineData("$HOME ${HOME} $(id) `id` ; id & id | id > x < y * ? [a] ~ ! # %s {a,b}")]
    [InlineData("lines\nof\n\ntext\n\n")]
    [InlineData("-n")]
    [InlineData("'\n'\"'\"'")]
    [InlineData("ünïcödé 世界 🌲 \u0001\u001b[31m")]
    public async Task A_variable_arrives_as_it_is(string value)
    {
        var (exit, lines) = await RunAsync("printf %s \"$TPUSH_X\" | od -An -v -tx1", new() { ["TPUSH_X"] = value });
        exit.Status.Should().Be(0);
        string.Concat(lines.Select(l => l.Text)).Replace(" ", "").ToUpperInvariant()
            .Should().Be(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(value)));
    }

    [FleetFact]
    public async Task A_command_may_have_quotes_and_lines() =>
        (await RunAsync("x='a  b'\necho \"$x\" # a comment\nif true; then\n  echo 'it'\"'\"'s'\nfi")).Lines.Select(l => l.Text).Should().Equal("a  b", "it's");

    [FleetFact]
    public async Task More_commands_run_at_once_than_a_connection_carries()
    {
        await using var host = await place.OpenAsync();
        string gate = place.Inside(Marker.New());
        var running = Enumerable.Range(0, 12).Select(_ => RunAsync(host, $"until [ -e {gate} ]; do sleep 0.05; done; echo ran", None)).ToList();
        await RunAsync(host, $"touch {gate}", None);
        (await Task.WhenAll(running)).Should().NotBeEmpty().And.OnlyContain(r => r.Exit.Status == 0 && r.Lines.Single().Text == "ran");
    }

    [FleetFact]
    public async Task A_command_that_must_run_once_runs_as_any_other()
    {
        await using var host = await place.OpenAsync();
        var lines = new List<OutputLine>();
        var exit = await host.RunAsync(new RemoteCommand("echo $TPUSH_X; exit 3", new Dictionary<string, string> { ["TPUSH_X"] = "value" }) { IsOnce = true }, lines.Add, CancellationToken.None);
        exit.Status.Should().Be(3);
        exit.Tail.Should().Equal("value");
        lines.Should().Equal(new OutputLine("value", false));
    }

    protected async Task<(RemoteExit Exit, List<OutputLine> Lines)> RunAsync(string command, Dictionary<string, string>? variables = null)
    {
        await using var host = await place.OpenAsync();
        return await RunAsync(host, command, variables ?? None);
    }

    protected static async Task<(RemoteExit Exit, List<OutputLine> Lines)> RunAsync(
        IRemoteHost host, string command, Dictionary<string, string> variables, CancellationToken ct = default)
    {
        var lines = new List<OutputLine>();
        var exit = await host.RunAsync(new RemoteCommand(command, variables), lines.Add, ct);
        return (exit, lines);
    }
}
