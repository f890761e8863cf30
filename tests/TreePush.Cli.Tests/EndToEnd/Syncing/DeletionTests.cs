using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>With --delete DEST has nothing that SRC has not; without, nothing is ever lost.</summary>
[Collection(FourHosts.Name)]
public sealed class DeletionTests(FourHosts hosts)
{
    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task Sample_of_gosync_becomes_equal()
    {
        var shipment = await GosyncAsync();
        (await shipment.SyncAsync("--delete")).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
        shipment.Receipts.Should().HaveCount(4).And.OnlyContain(r => r.Deleted == 5);
    }

    [PrivateFleetFact]
    public async Task Sample_of_gosync_keeps_what_it_had_without_deletion()
    {
        var shipment = await GosyncAsync();
        (await shipment.SyncAsync()).ShouldSucceed();
        var expected = (await TreeListing.ReadAsync(shipment.Source)).Entries.Select(e => $"{e.Path}").Concat(["d1/f4.txt", "d1/f4s", "d3", "f6.txt", "f6s"]);
        foreach (var host in Fleet.Hosts)
            (await TreeListing.ReadAsync(shipment.DestinationOn(host))).Entries.Select(e => $"{e.Path}").Should().BeEquivalentTo(expected);
    }

    [PrivateFleetFact]
    public async Task What_is_excluded_is_neither_brought_nor_deleted()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("a.key", "source's").File("a.txt", "source's").File("logs/x", "source's"));
        foreach (var host in Fleet.Hosts)
            await shipment.MakeDestinationOnAsync(host, new TreeLiteral().File("b.key", "host's").File("b.txt", "host's").File("old/c.key", "host's").File("old/d", "host's"));
        (await shipment.SyncAsync("--delete", "--exclude", "*.key", "--exclude", "/logs")).ShouldSucceed();
        foreach (var host in Fleet.Hosts)
            (await TreeListing.ReadAsync(shipment.DestinationOn(host))).Entries.Select(e => $"{e.Path}").Should().Equal("", "a.txt", "b.key", "old", "old/c.key");
    }

    [PrivateFleetFact]
    public async Task Of_all_patterns_the_first_that_matches_decides()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("keep.log", "1").File("drop.log", "2").File("d/keep.log", "3").File("text", "4"));
        (await shipment.SyncAsync([Fleet.Hosts[0]], "--include", "/keep.log", "--exclude", "*.log")).ShouldSucceed();
        Names(shipment, 0).Should().Equal("", "d", "keep.log", "text");
        (await shipment.SyncAsync([Fleet.Hosts[1]], "--exclude", "*.log", "--include", "/keep.log")).ShouldSucceed();
        Names(shipment, 1).Should().Equal("", "d", "text");
    }

    [PrivateFleetFact]
    public async Task Nothing_is_deleted_before_all_files_are_in_place()
    {
        var shipment = new Shipment(Fleet);
        var host = Fleet.Hosts[0];
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("new", 4 << 20, seed: 1));
        await shipment.MakeDestinationOnAsync(host, new TreeLiteral().File("old", "x"));
        bool wasThere = false;
        using var watcher = new FileSystemWatcher(shipment.DestinationOn(host));
        watcher.Deleted += (_, e) => wasThere |= e.Name == "old" && File.Exists(shipment.DestinationOn(host, "new"));
        watcher.EnableRaisingEvents = true;
        (await shipment.SyncAsync([host], "--delete")).ShouldSucceed();
        await Wait.UntilAsync(() => wasThere, Patience.Usual, () => "old was deleted before new was there");
    }

    [PrivateFleetFact]
    public async Task Empty_SRC_empties_DEST_with_deletion_and_force_only()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral());
        await shipment.MakeDestinationOnAsync(Fleet.Hosts[0], new TreeLiteral().File("a/b/c", "x").Directory("read-only", mode: "555").Link("l", "/etc"));
        (await shipment.SyncAsync([Fleet.Hosts[0]])).ShouldSucceed();
        Names(shipment, 0).Should().HaveCount(6);
        (await shipment.SyncAsync([Fleet.Hosts[0]], "--delete")).ShouldFail(2, "is empty", "--force");
        await shipment.MakeSourceAsync(new TreeLiteral().File("a.key"));
        foreach (string[] options in (string[][])[["--delete"], ["--delete", "-n"]])
            (await shipment.SyncAsync([Fleet.Hosts[0]], [.. options, "--exclude", "*.key"])).ShouldFail(3, "SRC is empty, or all of it is excluded", "--force");
        Names(shipment, 0).Should().HaveCount(6);
        (await shipment.SyncAsync([Fleet.Hosts[0]], "--delete", "--force", "--exclude", "*.key")).ShouldSucceed();
        Names(shipment, 0).Should().Equal("");
        Directory.Exists("/etc").Should().BeTrue();
    }

    [PrivateFleetFact]
    public async Task No_host_loses_more_than_it_may_and_one_that_would_loses_nothing()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("new", "x"));
        for (int i = 0; i < 4; i++) await shipment.MakeDestinationOnAsync(Fleet.Hosts[i], Enumerable.Range(0, i).Aggregate(new TreeLiteral(), (t, n) => t.File($"old{n}")));
        (await shipment.SyncAsync("--delete", "--max-delete", "2", "-n")).ShouldFail(3, "3 entries would be deleted, and --max-delete allows 2");
        (await shipment.SyncAsync("--delete", "--max-delete", "2")).ShouldFail(3, "3 entries would be deleted, and --max-delete allows 2", "hint: ");
        shipment.Failures.Should().ContainSingle().Which.Failure.Kind.Should().Be(FailureKind.DeletionRefused);
        await shipment.ShouldBeOnAsync(Fleet.Hosts.Take(3));
        Names(shipment, 3).Should().Equal("", "new", "old0", "old1", "old2");
    }

    [PrivateFleetFact]
    public async Task Directory_of_the_system_is_guarded_under_whatever_name()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("new", "x"));
        await Fleet.Hosts[0].AdministerAsync("mount -t tmpfs none /opt; touch /opt/kept");
        try
        {
            await shipment.MakeDestinationOnAsync(Fleet.Hosts[0], new TreeLiteral().Link("way", "/opt"));
            string way = shipment.Destination + "/way";
            (await shipment.RunAsync(shipment.Source, "/opt/", [Fleet.Hosts[0]], "--delete")).ShouldFail(2, "'/opt/' is a system directory", "--force");
            (await shipment.RunAsync(shipment.Source, way, [Fleet.Hosts[0]], "--delete", "-n")).ShouldFail(3, "is the directory /opt", "--force");
            (await shipment.RunAsync(shipment.Source, way, [Fleet.Hosts[0]], "--delete")).ShouldFail(3, "is the directory /opt", "--force");
            (await shipment.RunAsync(shipment.Source, "x/..", [Fleet.Hosts[0]], "--delete")).ShouldFail(2, "the login's home");
            await Fleet.Hosts[0].AdministerAsync("[ -e /opt/kept ] && [ ! -e /opt/new ]");
            (await shipment.RunAsync(shipment.Source, way, [Fleet.Hosts[0]], "--delete", "--force")).ShouldSucceed();
            await Fleet.Hosts[0].AdministerAsync("[ ! -e /opt/kept ] && [ -e /opt/new ]");
        }
        finally
        {
            await Fleet.Hosts[0].AdministerAsync("umount /opt");
        }
    }

    [PrivateFleetFact]
    public async Task What_is_mounted_below_DEST_is_not_emptied()
    {
        var shipment = new Shipment(Fleet);
        var host = Fleet.Hosts[0];
        await shipment.MakeSourceAsync(new TreeLiteral().File("a", "x"));
        await shipment.MakeDestinationOnAsync(host, new TreeLiteral().File("old/disk/hidden", "x").File("old/b", "x"));
        string disk = $"{shipment.Destination}/old/disk";
        await host.AdministerAsync($"mount -t tmpfs none {disk}; touch {disk}/precious");
        var result = await shipment.SyncAsync([host], "--delete");
        $"{result.Output}{result.Error}".Should().Contain("old/disk: can't delete: it is a mount point");
        (await shipment.SyncAsync([host], "--delete", "--one-file-system")).ShouldSucceed();
        await host.AdministerAsync($"ls {disk}/precious; umount {disk}");
        Names(shipment, 0).Should().Equal("", "a", "old", "old/disk", "old/disk/hidden");
    }

    [PrivateFleetFact]
    public async Task What_is_mounted_below_SRC_is_neither_brought_nor_deleted_with_one_file_system()
    {
        var shipment = new Shipment(Fleet);
        var (source, target) = (Fleet.Hosts[0], Fleet.Hosts[1]);
        await shipment.MakeSourceOnAsync(source, new TreeLiteral().File("a", "x").Directory("disk"));
        await shipment.MakeDestinationOnAsync(target, new TreeLiteral().File("disk/mine", "x").File("old", "x"));
        await source.AdministerAsync($"mount -t tmpfs none {shipment.Source}/disk; touch {shipment.Source}/disk/f");
        (await shipment.SyncAsync([target], "-s", source.Endpoint, "--delete", "--one-file-system")).ShouldSucceed();
        Names(shipment, 1).Should().Equal("", "a", "disk", "disk/mine");
        (await shipment.SyncAsync([target], "-s", source.Endpoint, "--delete")).ShouldSucceed();
        await source.AdministerAsync($"umount {shipment.Source}/disk");
        Names(shipment, 1).Should().Equal("", "a", "disk", "disk/f");
    }

    private async Task<Shipment> GosyncAsync([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var shipment = new Shipment(Fleet, test);
        await shipment.MakeSourceAsync(GosyncSample.Source);
        foreach (var host in Fleet.Hosts) await shipment.MakeDestinationOnAsync(host, GosyncSample.TargetBefore);
        return shipment;
    }

    private string[] Names(Shipment shipment, int host) =>
        [.. TreeListing.ReadAsync(shipment.DestinationOn(Fleet.Hosts[host])).Result.Entries.Select(e => $"{e.Path}")];
}
