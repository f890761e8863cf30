using TreePush.Cli.Commands;
using TreePush.Cli.Commands.Syncing;
using TreePush.Core.Syncing;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Tests.Commands.Syncing;

public sealed class SyncBuilderTests
{
    private static readonly string Here = Path.GetTempPath();

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var (request, builder) = await BuildAsync(
            "web1:/srv", "/srv/$HOME", "-s", "a:99999", "-w", "b[", "-x", "c[1", "--min-success", "200%", "-t", "-1", "-F", "/no/such/file", "-i", "/no/such/key",
            "--ssh-option", "Compression", "-f", "1:a", "--bwlimit", "fast", "--topology", "ring", "--data-channel", "ssl", "--port-range", "9-1", "--failover", "me", "--exclude", "");
        request.Should().BeNull();
        builder.Problems.Select(p => p.Where).Should().BeEquivalentTo(
            ["SRC", "DEST", "-s", "-w", "-x", "--min-success", "-t", "-F", "-i", "--ssh-option", "-f", "--bwlimit", "--topology", "--data-channel", "--port-range", "--failover", "--exclude"]);
    }

    [Fact]
    public async Task What_is_missing_is_told_with_an_example()
    {
        var (_, builder) = await BuildAsync();
        builder.Problems.Select(p => p.What).Should().Equal("neither SRC nor DEST is given", "no targets are given");
        builder.Problems.Should().NotBeEmpty().And.OnlyContain(p => p.Hint != null);
        (await BuildAsync("x", "-w", "a")).Builder.Problems.Should().ContainSingle().Which.What.Should().Be("no DEST is given");
    }

    [Fact]
    public async Task Defaults_are_those_that_help_promises()
    {
        var (request, _) = await BuildAsync(Here, "/x", "-w", "b");
        request!.Sources.Should().ContainSingle().Which.IsLocal.Should().BeTrue();
        request.Ssh.ConnectTimeout.Should().Be(TimeSpan.FromSeconds(10));
        request.Sync().Should().BeEquivalentTo(new SyncWork { Source = Here, Destination = "/x", WorkingFolder = Environment.CurrentDirectory });
    }

    [Fact]
    public async Task Every_option_reaches_the_request()
    {
        var (request, _) = await BuildAsync(Here, "/x", "-w", "b", "--delete", "-z", "-c", "--force", "--owner", "--sudo", "-n", "--bwlimit", "100Mbit",
            "--topology", "chain:3", "--data-channel", "plain", "--port-range", "9000-9099", "--no-fsync", "--failover", "any");
        request!.Sync().Should().BeEquivalentTo(new
        {
            Delete = true,
            Compress = true,
            Checksum = true,
            Force = true,
            Owner = true,
            Sudo = true,
            DryRun = true,
            NoFsync = true,
            BandwidthLimit = 12_500_000L,
            Topology = new Topology(TopologyKind.Chain, 3),
            PlainChannel = true,
            Failover = Failover.Any,
            Ports = new PortRange(9000, 9099),
        });
    }

    [Fact]
    public async Task Excludes_and_includes_keep_the_order_in_which_they_were_typed()
    {
        var (request, _) = await BuildAsync("--include", "a", Here, "--exclude=b", "--delete", "/x", "--include", "c", "-w", "h", "--exclude", "d");
        request!.Sync().Rules.Should().Equal(new PathRule(true, "a"), new PathRule(false, "b"), new PathRule(true, "c"), new PathRule(false, "d"));
        request!.Command.Should().Be($"sync {Here} /x --delete --include a --exclude b --include c --exclude d");
    }

    [Theory]
    [InlineData("512", 524_288)]
    [InlineData("1.5", 1536)]
    [InlineData("12M", 12_582_912)]
    [InlineData("1Gbit", 125_000_000)]
    [InlineData("0", null)]
    public async Task A_rate_is_as_rsync_has_it_or_as_links_do(string text, int? expected) =>
        (await BuildAsync(Here, "/x", "-w", "b", "--bwlimit", text)).Request!.Sync().BandwidthLimit.Should().Be(expected);

    [Theory]
    [InlineData("9000-9099", 9000, 9099)]
    [InlineData("9000", 9000, 9000)]
    public async Task Ports_are_a_range_or_a_single_one(string text, int first, int last) =>
        (await BuildAsync(Here, "/x", "-w", "b", "--port-range", text)).Request!.Sync().Ports.Should().Be(new PortRange(first, last));

    [Fact]
    public async Task Hosts_without_the_variables_of_dest_are_named()
    {
        using var list = new TemporaryFile("h1 /a\nh2 /b/../c\n");
        var (_, builder) = await BuildAsync(Here, "$TPUSH_PATH/$TPUSH_ROLE", "-l", list.Path, "-f", "host,path");
        builder.Problems.Select(p => p.What).Should().Equal("there is no TPUSH_ROLE for 2 hosts: h[1-2]");
        (_, builder) = await BuildAsync(Here, "$TPUSH_PATH", "-l", list.Path, "-f", "host,path");
        builder.Problems.Should().ContainSingle().Which.What.Should().Be("a variable makes .. a part of the path '/b/../c' for h2");
    }

    [Theory]
    [InlineData("/srv/www", "-s", "h1", "-w", "h[1-2]")]
    [InlineData("/srv//www/", "-s", "h1", "-w", "h[1-2]")]
    [InlineData("/srv/", "-s", "h1", "-w", "h[1-2]")]
    [InlineData("/elsewhere", "-s", "h1", "-w", "h[1-2]", "-x", "h1")]
    public async Task A_source_may_be_a_target_where_DEST_is_SRC(string destination, params string[] hosts) =>
        (await BuildAsync(["/srv/www", destination, .. hosts])).Builder.Problems.Should().BeEmpty();

    [Fact]
    public async Task A_source_is_never_written_to()
    {
        var (_, builder) = await BuildAsync("/srv/www", "/elsewhere", "-s", "h1", "-w", "h[1-2]");
        builder.Problems.Should().ContainSingle().Which.Where.Should().Be("h1");
        (_, builder) = await BuildAsync(Here, "/elsewhere", "-w", "127.0.0.1");
        builder.Problems.Should().ContainSingle().Which.Hint.Should().StartWith("-x 127.0.0.1 ");
    }

    [Fact]
    public async Task Hosts_are_left_out_by_another_name_than_paths()
    {
        var (request, _) = await BuildAsync(Here, "/x", "-w", "h[1-3]", "--exclude-hosts", "h2", "-x", "h3", "--exclude", "h1");
        request!.Targets.Select(t => t.Name.Value).Should().Equal("h1");
    }

    [Fact]
    public async Task A_resumed_sync_changes_how_it_brings_and_not_what()
    {
        var (earlier, _) = await BuildAsync(Here, "/x", "-w", "b", "--delete", "--exclude", "y", "--bwlimit", "1M");
        var builder = new SyncBuilder(CommandLine.SyncSettings("--resume", "last", "-s", "c", "-z", "--bwlimit", "0", "--topology", "tree"));
        var resumed = builder.Resume(earlier!);
        builder.Problems.Should().BeEmpty();
        resumed.Sources.Select(s => s.Name.Value).Should().Equal("127.0.0.1", "c");
        resumed.Sync().Should().BeEquivalentTo(earlier!.Sync() with { Compress = true, BandwidthLimit = null, Topology = new Topology(TopologyKind.Tree, 2) });
    }

    [Fact]
    public async Task A_resumed_sync_takes_no_target_for_a_source_of_what_it_has_elsewhere()
    {
        var (earlier, _) = await BuildAsync("/srv/www", "/elsewhere", "-s", "a", "-w", "b");
        var builder = new SyncBuilder(CommandLine.SyncSettings("--resume", "last", "-s", "b"));
        builder.Resume(earlier!);
        builder.Problems.Should().ContainSingle().Which.Where.Should().Be("b");
    }

    [Fact]
    public async Task A_resumed_sync_takes_nothing_that_would_make_hosts_differ()
    {
        var (earlier, _) = await BuildAsync(Here, "/x", "-w", "b");
        var builder = new SyncBuilder(CommandLine.SyncSettings("/a", "/b", "--resume", "last", "--delete", "--exclude", "x", "--include", "y", "--owner"));
        builder.Resume(earlier!);
        builder.Problems.Select(p => p.Where).Should().BeEquivalentTo(["--resume", "--delete", "--exclude", "--include", "--owner"]);
    }

    [Fact]
    public async Task A_sync_is_resumed_from_the_push_too_and_keeps_its_own()
    {
        var (earlier, _) = await BuildAsync(Here, "/x", "-w", "b", "--delete");
        var builder = new PushBuilder(CommandLine.Settings("--resume", "last", "-t", "3"));
        var resumed = builder.Resume(earlier!);
        builder.Problems.Should().BeEmpty();
        resumed.Sync().Should().BeEquivalentTo(earlier!.Sync());
        resumed.Ssh.ConnectTimeout.Should().Be(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Options_of_the_other_kind_of_run_are_refused()
    {
        var (sync, _) = await BuildAsync(Here, "/x", "-w", "b");
        var push = new PushBuilder(CommandLine.Settings("--resume", "last", "-m", "2", "-r", "1"));
        push.Resume(sync!);
        push.Problems.Select(p => p.Where).Should().BeEquivalentTo(["--max", "--retry"]);

        var builder = new SyncBuilder(CommandLine.SyncSettings("--resume", "last", "--delete", "-z"));
        builder.Resume(sync! with { Work = new PushWork() });
        builder.Problems.Select(p => p.Where).Should().BeEquivalentTo(["--delete", "--compress"]);
    }

    [Fact]
    public async Task A_dry_run_is_not_resumed()
    {
        var (earlier, _) = await BuildAsync(Here, "/x", "-w", "b", "-n");
        var builder = new SyncBuilder(CommandLine.SyncSettings("--resume", earlier!.Run));
        builder.Resume(earlier);
        builder.Problems.Should().ContainSingle().Which.What.Should().Contain("was a dry run");
    }

    [Fact]
    public async Task A_resumed_sync_can_be_tried_without_changing_anything()
    {
        var (earlier, _) = await BuildAsync(Here, "/x", "-w", "b");
        new SyncBuilder(CommandLine.SyncSettings("--resume", "last", "-n")).Resume(earlier!).Sync().DryRun.Should().BeTrue();
    }

    private static async Task<(RunRequest? Request, SyncBuilder Builder)> BuildAsync(params string[] words)
    {
        var builder = new SyncBuilder(CommandLine.SyncSettings(words));
        return (await builder.BuildAsync(DateTimeOffset.UnixEpoch, CancellationToken.None), builder);
    }
}
