using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>What arrives is what was sent: names, kinds, contents, permissions and times.</summary>
[Collection(FourHosts.Name)]
public sealed class TreeFidelityTests(FourHosts hosts)
{
    /// <summary>More than 32 bits can count.</summary>
    private const long FourGibibytesAndMore = (4L << 30) + (1 << 20);

    /// <summary>Four mebibytes, in blocks of 512 bytes.</summary>
    private const int MostBlocks = 8192;

    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task Names_kinds_permissions_and_times_are_kept()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral()
            .File("plain", "text\n")
            .File("empty")
            .File("a name with spaces", "1").File(@"two\x0alines", "2").File(@"not\xffutf8", "3").File("größer", "4").File("-rf", "5")
            .File("'quoted' \"twice\" $(touch /tmp/x) `id`", "6")
            .File("only mine", "7", mode: "600").File("run me", "#!/bin/sh\n", mode: "755").File("read only", "8", mode: "444")
            .File("before 1970", "10", modified: new UnixTime(-5, 999_999_999)).File("nanoseconds", "11", modified: new UnixTime(1_000_000_000, 1))
            .Directory("empty directory", mode: "1777").Directory("closed", mode: "700", modified: new UnixTime(7, 7))
            .Directory("read-only directory", mode: "555").File("read-only directory/in it", "12")
            .File(@"deep/er/\xfe\xff/file", "13", modified: new UnixTime(8, 8))
            .Link("link", "plain").Link("to nowhere", @"no\x0awhere", modified: new UnixTime(9, 9)).Link("to outside", "/etc/passwd").Link("to directory", "deep")
            .RandomFile("many pieces", 3_000_001, seed: 1).RandomFile("one piece", 65_536, seed: 2).RandomFile("a byte", 1, seed: 3));
        (await shipment.SyncAsync()).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
        await shipment.ShouldHaveLeftNothingAsync();
    }

    [PrivateFleetFact]
    public async Task Permissions_and_times_alone_are_brought_without_content()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("file", 300_000, seed: 1, mode: "640").Directory("d", mode: "750"));
        foreach (var host in Fleet.Hosts)
            await shipment.MakeDestinationOnAsync(host, new TreeLiteral().RandomFile("file", 300_000, seed: 1).Directory("d", modified: new UnixTime(1, 1)));
        (await shipment.SyncAsync()).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
        shipment.Receipts.Should().HaveCount(4).And.OnlyContain(r => r.Received == 0);
    }

    [PrivateFleetFact]
    public async Task File_of_more_than_4_GiB_that_is_mostly_a_hole_arrives_as_one()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().SparseFile("hole", FourGibibytesAndMore));
        byte[] end = "the end"u8.ToArray();
        using (var file = File.OpenHandle(Path.Combine(shipment.Source, "hole"), FileMode.Open, FileAccess.Write))
            RandomAccess.Write(file, end, FourGibibytesAndMore - end.Length);
        (await shipment.SyncAsync([Fleet.Hosts[0]])).ShouldSucceed();

        using var arrived = File.OpenHandle(shipment.DestinationOn(Fleet.Hosts[0], "hole"));
        RandomAccess.GetLength(arrived).Should().Be(FourGibibytesAndMore);
        byte[] read = new byte[end.Length];
        RandomAccess.Read(arrived, read, FourGibibytesAndMore - end.Length);
        read.Should().Equal(end);
        await Fleet.Hosts[0].AdministerAsync($"[ $(stat -c %b {shipment.Destination}/hole) -lt {MostBlocks} ]");
    }

    [PrivateFleetFact]
    public async Task Hundred_thousand_small_files_arrive()
    {
        var shipment = new Shipment(Fleet);
        var tree = new TreeLiteral();
        for (int i = 0; i < 100_000; i++) tree.File($"{i / 1000}/{i}", Shipment.Number(i));
        await shipment.MakeSourceAsync(tree);
        (await shipment.SyncAsync()).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
        (await shipment.SyncAsync()).ShouldSucceed().Error.Should().Contain("nothing had to be sent");
    }
}
