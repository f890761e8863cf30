using TreePush.Cli.Commands;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Tests.Commands;

public class PushBuilderTests
{
    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var (request, builder) = await BuildAsync(
            "-s", "a:99999", "-w", "b[", "-x", "c[1", "-m", "0", "-r", "many", "--timeout", "soon", "--max-transfers", "0",
            "--min-success", "200%", "-t", "-1", "-F", "/no/such/file", "-i", "/no/such/key", "--ssh-option", "Compression", "-f", "1:a");
        request.Should().BeNull();
        builder.Problems.Select(p => p.Where).Should().BeEquivalentTo(
            ["-s", "-w", "-x", "-m", "-r", "--timeout", "--max-transfers", "--min-success", "-t", "-F", "-i", "--ssh-option", "-f", ""]);
    }

    [Fact]
    public async Task What_is_missing_is_told_with_an_example()
    {
        var (_, builder) = await BuildAsync();
        builder.Problems.Select(p => p.What).Should().Equal("no command is given", "no source is given", "no targets are given");
        builder.Problems.Should().NotBeEmpty().And.OnlyContain(p => p.Hint != null);
    }

    [Fact]
    public async Task A_faulty_source_is_not_reported_as_a_missing_one()
    {
        var (_, builder) = await BuildAsync("x", "-s", "a b", "-w", "c");
        builder.Problems.Should().ContainSingle().Which.What.Should().Be("'a b' is not a host name or address");
    }

    [Fact]
    public async Task Defaults_are_those_that_help_promises()
    {
        var (request, _) = await BuildAsync("x", "-s", "a", "-w", "b");
        request!.Push().Slots.Should().Be(4);
        request!.Push().Retries.Should().Be(0);
        request.Push().MaxTransfers.Should().Be(2000);
        request.Push().Timeout.Should().BeNull();
        request!.Ssh.ConnectTimeout.Should().Be(TimeSpan.FromSeconds(10));
        RunId.IsId(request.Run).Should().BeTrue();
    }

    [Fact]
    public async Task Auto_leaves_the_number_of_slots_open()
    {
        var (request, _) = await BuildAsync("x", "-s", "a", "-w", "b", "-m", "auto");
        request!.Push().Slots.Should().BeNull();
    }

    [Fact]
    public async Task A_time_that_no_timer_can_wait_for_is_refused()
    {
        var (_, builder) = await BuildAsync("x", "-s", "a", "-w", "b", "--timeout", "60d");
        builder.Problems.Should().ContainSingle().Which.What.Should().Be("'60d' is longer than 30 days");
    }

    [Fact]
    public async Task Excluded_hosts_are_left_out_and_unknown_ones_warned_of()
    {
        var (request, builder) = await BuildAsync("x", "-s", "a", "-w", "h[1-5]", "-x", "h[2-3],nobody");
        request!.Targets.Select(t => t.Name.Value).Should().Equal("h1", "h4", "h5");
        builder.Warnings.Should().ContainSingle().Which.What.Should().Be("'nobody' is not among the targets");
    }

    [Fact]
    public async Task Excluding_everyone_is_a_mistake()
    {
        var (request, builder) = await BuildAsync("x", "-s", "a", "-w", "h[1-2]", "-x", "h[1-2]");
        request.Should().BeNull();
        builder.Problems.Should().ContainSingle().Which.What.Should().Be("no target is left");
    }

    [Fact]
    public async Task Hosts_given_beside_a_list_join_it_once()
    {
        using var list = new TemporaryFile("h1 22 root\nh2\n");
        var (request, builder) = await BuildAsync("x", "-s", "h1", "-l", list.Path, "-w", "h[2-3]");
        request!.Targets.Select(t => t.Name.Value).Should().Equal("h1", "h2", "h3");
        builder.Warnings.Should().ContainSingle().Which.What.Should().Be("h2 is in the list already");
        request.Sources.Should().ContainSingle().Which.User.Should().Be("root", "a source is reached as its row in the list says");
    }

    [Fact]
    public async Task A_faulty_list_is_told_with_line_and_column()
    {
        using var list = new TemporaryFile("ok\nbad host\nok2 99999\n");
        var (request, builder) = await BuildAsync("x", "-s", "a", "-l", list.Path);
        request.Should().BeNull();
        builder.Problems.Select(p => p.Where).Should().Equal($"{list.Path}:2:5", $"{list.Path}:3:5");
    }

    [Fact]
    public async Task A_resumed_run_keeps_what_is_not_given_anew()
    {
        var (earlier, _) = await BuildAsync("scp x", "-s", "a", "-w", "b", "-m", "2", "-r", "3", "--timeout", "90");
        var builder = new PushBuilder(CommandLine.Settings("--resume", "last", "-r", "5", "-s", "c"));
        var resumed = builder.Resume(earlier!);
        builder.Problems.Should().BeEmpty();
        resumed.Command.Should().Be("scp x");
        resumed.Push().Should().BeEquivalentTo(new { Slots = 2, Retries = 5, Timeout = TimeSpan.FromSeconds(90) });
        resumed.Sources.Select(s => s.Name.Value).Should().Equal("a", "c");
    }

    [Fact]
    public async Task A_resumed_run_takes_no_other_command_or_targets()
    {
        var (earlier, _) = await BuildAsync("scp x", "-s", "a", "-w", "b");
        var builder = new PushBuilder(CommandLine.Settings("scp y", "--resume", "last"));
        builder.Resume(earlier!);
        builder.Problems.Should().ContainSingle().Which.Where.Should().Be("--resume");
    }

    private static async Task<(RunRequest? Request, PushBuilder Builder)> BuildAsync(params string[] words)
    {
        var builder = new PushBuilder(CommandLine.Settings(words));
        return (await builder.BuildAsync(DateTimeOffset.UnixEpoch, CancellationToken.None), builder);
    }
}
