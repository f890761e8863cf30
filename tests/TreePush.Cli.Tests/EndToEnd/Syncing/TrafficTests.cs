using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>What travels, by the counters of the interfaces: each host receives just what it lacks, once, and whoever has a piece serves it.</summary>
[Collection(FourHosts.Name)]
public sealed class TrafficTests(FourHosts hosts)
{
    private const long Size = 16 << 20;

    /// <summary>Two ssh sessions and what is said in them; a relay is in place.</summary>
    private const long Talk = 512 << 10;

    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task Every_host_receives_everything_once_and_the_source_sends_it_once()
    {
        var shipment = await ReadyAsync();
        await shipment.MakeSourceAsync(Tree());
        var traffic = await TrafficOfAsync(shipment);
        traffic.Received.Should().NotBeEmpty().And.OnlyContain(bytes => bytes > Size && bytes < Size * 106 / 100 + Talk);
        traffic.SentByController.Should().BeLessThan(Size * 106 / 100 + (4 * Talk));
        shipment.Receipts.Should().NotBeEmpty().And.OnlyContain(r => r.Received == Size);
        await shipment.ShouldBeEverywhereAsync();
    }

    [PrivateFleetFact]
    public async Task Host_that_has_half_receives_the_other_half()
    {
        var shipment = await ReadyAsync();
        await shipment.MakeSourceAsync(Tree());
        var half = new TreeLiteral().RandomFile("0", Size / 4, seed: 0).RandomFile("1", Size / 4, seed: 1);
        foreach (int host in new[] { 1, 3 }) await shipment.MakeDestinationOnAsync(Fleet.Hosts[host], half);
        var traffic = await TrafficOfAsync(shipment);
        foreach (int host in new[] { 1, 3 }) traffic.Received[host].Should().BeInRange(Size / 2, Size * 53 / 100 + Talk);
        foreach (int host in new[] { 0, 2 }) traffic.Received[host].Should().BeInRange(Size, Size * 106 / 100 + Talk);
        await shipment.ShouldBeEverywhereAsync();
    }

    [PrivateFleetFact]
    public async Task Host_that_has_everything_already_serves_it()
    {
        var shipment = await ReadyAsync();
        await shipment.MakeSourceAsync(Tree());
        await shipment.MakeDestinationOnAsync(Fleet.Hosts[0], Tree());
        var before = Traffic.Of(Fleet);
        foreach (var other in Fleet.Hosts.Skip(1)) await other.FreezeAsync();
        await using var sync = await shipment.StartAsync(Fleet.Hosts, "--topology", "chain", "-t", "30s");
        await Wait.UntilAsync(() => shipment.Work.Events.OfType<HostLinked>().Any(), Patience.Usual, () => sync.Error.Text);
        foreach (var other in Fleet.Hosts.Skip(1)) other.Thaw();
        (await sync.WaitForExitAsync()).ShouldSucceed();
        var traffic = Traffic.Of(Fleet).Since(before);
        traffic.Received[0].Should().BeLessThan(Size / 8);
        traffic.SentByController.Should().BeLessThan(Size * 106 / 100 + (4 * Talk));
        traffic.Sent[0].Should().BeGreaterThan(Size, "it is the first behind the source");
    }

    [PrivateFleetFact]
    public async Task Second_run_sends_nothing()
    {
        var shipment = await ReadyAsync();
        await shipment.MakeSourceAsync(Tree());
        (await shipment.SyncAsync()).ShouldSucceed();
        var traffic = await TrafficOfAsync(shipment);
        traffic.Received.Should().NotBeEmpty().And.OnlyContain(bytes => bytes < Talk);
        shipment.Receipts.Should().NotBeEmpty().And.OnlyContain(r => r.Received == 0 && r.Written == 0);
    }

    [PrivateFleetFact]
    public async Task Compressed_text_is_less_and_what_does_not_compress_is_not_more()
    {
        var shipment = await ReadyAsync();
        await shipment.MakeSourceAsync(new TreeLiteral().File("text", string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"{i}\n"))));
        long size = new FileInfo(Path.Combine(shipment.Source, "text")).Length;
        (await TrafficOfAsync(shipment, "-z")).Received.Should().NotBeEmpty().And.OnlyContain(bytes => bytes < size * 2 / 3);
        await shipment.ShouldBeEverywhereAsync();

        var random = new Shipment(Fleet);
        await random.MakeSourceAsync(Tree());
        (await TrafficOfAsync(random, "-z")).Received.Should().NotBeEmpty().And.OnlyContain(bytes => bytes < Size * 106 / 100 + Talk);
        await random.ShouldBeEverywhereAsync();
    }

    [PrivateFleetFact]
    public async Task Other_content_under_equal_size_and_time_is_found_by_checksum_only()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("same", Size / 4, seed: 1).RandomFile("other", Size / 4, seed: 2).File("small", "abc"));
        foreach (var host in Fleet.Hosts)
            await shipment.MakeDestinationOnAsync(host, new TreeLiteral().RandomFile("same", Size / 4, seed: 1).RandomFile("other", Size / 4, seed: 3).File("small", "xyz"));
        (await shipment.SyncAsync()).ShouldSucceed();
        File.ReadAllText(shipment.DestinationOn(Fleet.Hosts[0], "small")).Should().Be("xyz");
        (await shipment.SyncAsync("--checksum")).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
        shipment.Receipts.Should().NotBeEmpty().And.OnlyContain(r => r.Received == (Size / 4) + 3 && r.Written == 2);
    }

    [PrivateFleetFact]
    public async Task Receipts_of_all_hosts_have_the_same_digest()
    {
        var shipment = await ReadyAsync();
        await shipment.MakeSourceAsync(Tree());
        (await shipment.SyncAsync()).ShouldSucceed();
        shipment.Receipts.Should().HaveCount(4);
        shipment.Receipts.Select(r => r.Digest).Distinct().Should().ContainSingle().Which.Should().MatchRegex("^[0-9a-f]{64}$");
        shipment.Receipts.Should().NotBeEmpty().And.OnlyContain(r => r.Bytes == Size && r.Entries == 5);
    }

    [PrivateFleetFact]
    public async Task Limited_rate_brings_everything_and_no_faster()
    {
        const int Rate = 1_000_000;
        const int Size = 1 << 21;
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("file", Size, seed: 1));
        (await shipment.SyncAsync("--bwlimit", "8Mbit")).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
        // Of the links' time alone, which a limiter that does nothing makes milliseconds; a tenth of a second and a piece may come at once.
        var linked = shipment.Work.Events.OfType<HostLinked>().Min(e => e.Time);
        shipment.Work.Events.OfType<TargetServed>().Should().HaveCount(4)
            .And.OnlyContain(e => e.Time - linked > TimeSpan.FromSeconds((Size - (Rate / 10) - (256 << 10)) / (double)Rate));
    }

    private static TreeLiteral Tree()
    {
        var tree = new TreeLiteral();
        for (int i = 0; i < 4; i++) tree.RandomFile($"{i}", Size / 4, seed: i);
        return tree;
    }

    /// <summary>A shipment to hosts on which the relay is in place.</summary>
    private async Task<Shipment> ReadyAsync([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var before = new Shipment(Fleet, test);
        await before.MakeSourceAsync(new TreeLiteral().File("f"));
        (await before.SyncAsync()).ShouldSucceed();
        return new Shipment(Fleet, test);
    }

    private async Task<Traffic> TrafficOfAsync(Shipment shipment, params string[] options)
    {
        var before = Traffic.Of(Fleet);
        (await shipment.SyncAsync(options)).ShouldSucceed();
        return Traffic.Of(Fleet).Since(before);
    }
}
