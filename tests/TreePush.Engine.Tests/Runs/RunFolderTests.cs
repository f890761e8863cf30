using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Hosts;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Engine.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly Temporary _temporary = new();

    private string Logs => _temporary["logs"];

    [Fact]
    public void A_request_is_kept_whole()
    {
        var target = new Host("fe80::1", 2222, "joe") { Row = "fe80::1 2222 joe 'x'" }.WithVariables(new Dictionary<string, string> { ["NOTE"] = "a\n'b' \"c\" 世界" });
        var request = Request(target) with { Work = new PushWork { Slots = null, Retries = 3, Timeout = TimeSpan.FromSeconds(1.5) } };
        RunFolder.Create(Logs, request).Dispose();
        using var reopened = RunFolder.Reopen(Logs, request.Run);
        reopened.Request.Should().BeEquivalentTo(request);
        reopened.Request.Targets[0].Variables.Should().Equal(target.Variables);
        reopened.Request.Targets[0].User.Should().Be("joe");
    }

    [Fact]
    public void A_sync_is_kept_whole()
    {
        var sync = new SyncWork
        {
            Source = "./a b",
            Destination = "/srv/$TPUSH_PATH",
            WorkingFolder = "/work",
            Delete = true,
            Sudo = true,
            Rules = [new PathRule(true, "*.key"), new PathRule(false, "/x")],
            BandwidthLimit = 1 << 20,
            Topology = new Topology(TopologyKind.Tree, 3),
            Ports = new PortRange(9000, 9099),
        };
        var request = Request(new Host("a")) with { Work = sync };
        RunFolder.Create(Logs, request).Dispose();
        using var reopened = RunFolder.Reopen(Logs, request.Run);
        reopened.Request.Work.Should().BeEquivalentTo(sync);
    }

    [Fact]
    public void A_dry_run_is_not_the_last_run()
    {
        var request = Request(new Host("a")) with { Run = "20260301-120000-ffff" };
        RunFolder.Create(Logs, request).Dispose();
        RunFolder.Create(Logs, request with { Run = "20260301-120001-0000", Work = new SyncWork { Source = "a", Destination = "b", DryRun = true } }).Dispose();
        using var last = RunFolder.Reopen(Logs, "last");
        last.Request.Run.Should().Be(request.Run);
    }

    [Fact]
    public async Task A_written_list_is_a_list_in_the_format_of_the_first()
    {
        string list = _temporary.Write("list.txt", "x a 22 joe fine\nx b - - poor\n");
        var format = HostFormat.Parse("2:host,port,user,note").Format;
        var read = await HostListFile.ReadAsync(list, format, TextReader.Null, CancellationToken.None);
        using var folder = RunFolder.Create(Logs, Request([.. read.List.Hosts]) with { Format = read.Format });
        string written = folder.WriteList("failed", [.. read.List.Hosts.Select(h => (h, (string?)"a reason\nof two lines"))])!;
        (await HostListFile.ReadAsync(written, format, TextReader.Null, CancellationToken.None)).List.Should().BeEquivalentTo(read.List, o => o.Excluding(l => l.Hosts[0].Row));
    }

    [Fact]
    public void Hosts_of_no_list_get_rows_of_the_formats_fields()
    {
        var format = new ListFormat(false, "2:host,port,user", null);
        using var folder = RunFolder.Create(Logs, Request(new Host("a", 2222, "joe"), new Host("b")) with { Format = format });
        string written = folder.WriteList("failed", [.. folder.Request.Targets.Select(h => (h, (string?)null))])!;
        File.ReadAllLines(written).Should().Equal("# -f 2:host,port,user", "- a 2222 joe", "- b 22 -");
    }

    [Fact]
    public void A_list_of_nobody_is_no_file()
    {
        using var folder = RunFolder.Create(Logs, Request(new Host("a")));
        string written = folder.WriteList("failed", [(new Host("a"), null)])!;
        folder.WriteList("failed", []).Should().BeNull();
        File.Exists(written).Should().BeFalse();
    }

    [Fact]
    public void The_served_are_those_of_the_journal()
    {
        using var folder = RunFolder.Create(Logs, Request(new Host("a")));
        folder.Served().Should().BeEmpty();
        using (var journal = Journal.Open(folder.JournalPath)) foreach (var happened in SampleEvents.All) journal.OnEvent(happened);
        folder.Served().Should().BeEquivalentTo(SampleEvents.All.OfType<TargetServed>().Select(e => e.Target).Distinct());
    }

    [Fact]
    public void The_last_run_is_the_newest()
    {
        foreach (string run in new[] { "20260301-120000-ffff", "20260301-120001-0000", "20250301-120001-0000" })
            RunFolder.Create(Logs, Request(new Host("a")) with { Run = run }).Dispose();
        Directory.CreateDirectory(Path.Combine(Logs, "zzz-no-run"));
        using var last = RunFolder.Reopen(Logs, "last");
        last.Request.Run.Should().Be("20260301-120001-0000");
    }

    [Fact]
    public void A_run_has_one_owner_at_a_time()
    {
        using var folder = RunFolder.Create(Logs, Request(new Host("a")));
        FluentActions.Invoking(() => RunFolder.Reopen(Logs, folder.Request.Run)).Should().Throw<RunFolderException>().WithMessage("*still going on*");
        folder.Dispose();
        RunFolder.Reopen(Logs, folder.Request.Run).Dispose();
    }

    [Theory]
    [InlineData("../20260301-120000-ffff")]
    [InlineData("/etc")]
    [InlineData("")]
    [InlineData("20260301-120000-ffff\n")]
    public void What_is_no_run_is_not_opened(string run) =>
        FluentActions.Invoking(() => RunFolder.Reopen(Logs, run)).Should().Throw<RunFolderException>().WithMessage("there is no run*");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void A_spoilt_request_is_told(string json)
    {
        var request = Request(new Host("a"));
        RunFolder.Create(Logs, request).Dispose();
        File.WriteAllText(Path.Combine(Logs, request.Run, "request.json"), json);
        FluentActions.Invoking(() => RunFolder.Reopen(Logs, request.Run)).Should().Throw<RunFolderException>().WithMessage("*can't be read*");
    }

    [Fact]
    public void Logs_of_transfers_are_named_by_both_hosts_in_letters_that_every_disk_takes()
    {
        using var folder = RunFolder.Create(Logs, Request(new Host("a")));
        string log = folder.LogFile("web1_from_[fe80::1]:2222");
        Path.GetFileName(log).Should().Be("web1_from_fe80__1_2222.log");
    }

    public void Dispose() => _temporary.Dispose();

    private static RunRequest Request(params Host[] targets) =>
        new() { Run = "20260301-120000-ffff", Command = "true", Sources = [new Host("local")], Targets = targets, Work = new PushWork() };
}
