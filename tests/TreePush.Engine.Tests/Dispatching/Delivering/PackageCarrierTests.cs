using System.Collections.Concurrent;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Dispatching;
using TreePush.Engine.Dispatching.Delivering;
using TreePush.Engine.Tests.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Delivering;

/// <summary>Packages to one host and to many, by the way that fits.</summary>
public sealed class PackageCarrierTests
{
    private readonly ConcurrentDictionary<HostName, DeliveryOutcome> _told = [];

    public static TheoryData<SshKind> Clients => SshKinds.Standing;

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task Many_hosts_get_a_package_by_a_sync_and_each_is_told_with_its_receipt(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind, hosts: 3);
        var package = place.Stage("-rf $TPUSH_HOST $$ 'pack'\nage", 3 << 20);
        await DeliverAsync(place, package, place.Inside("in/20261127/"));
        _told.Values.Should().HaveCount(3).And.AllBeEquivalentTo(
            new DeliveryOutcome(place.Inside("in/20261127"), place.Inside($"in/20261127/{package.Name}"), DeliveryProof.Receipt, null));
        foreach (var host in place.Fleet.Hosts)
        {
            string file = DeliveryPlace.Outside(host, $"in/20261127/{package.Name}");
            DeliveryPlace.Has(file, package).Should().BeTrue();
            File.GetUnixFileMode(file).Should().HaveFlag(UnixFileMode.OtherRead);
        }
    }

    [FleetFact]
    public async Task Folders_below_the_home_are_resolved_for_many_as_for_one()
    {
        await using var place = await DeliveryPlace.StartAsync(hosts: 2);
        foreach (string folder in new[] { "~/newcx/1/", "newcx/2/" })
        {
            string path = $"/root/{folder.Replace("~/", "", StringComparison.Ordinal)}~";
            _told.Clear();
            await DeliverAsync(place, place.Stage("~", 10_000), folder);
            _told.Values.Should().HaveCount(2).And.OnlyContain(o => o.Failure == null && o.Path == path);
        }

        Directory.GetFiles(Path.Combine(place.Machine.HomeDirectory, "newcx"), "~", SearchOption.AllDirectories).Should().HaveCount(2);
    }

    [FleetFact]
    public async Task A_host_that_is_down_and_one_that_is_in_the_way_fail_alone()
    {
        await using var place = await DeliveryPlace.StartAsync(hosts: 4);
        await place.Fleet.Hosts[1].StopAsync();
        Directory.CreateDirectory(DeliveryPlace.Outside(place.Fleet.Hosts[2], "in/pack/full"));
        var package = place.Stage("pack", 10_000);
        await DeliverAsync(place, package, place.Inside("in"));
        _told.Should().HaveCount(4);
        OutcomeOf(place.Fleet.Hosts[1]).Failure!.Kind.Should().Be(FailureKind.HostRefused);
        OutcomeOf(place.Fleet.Hosts[2]).Failure.Should().NotBeNull();
        new[] { 0, 3 }.Should().NotBeEmpty().And.OnlyContain(i => OutcomeOf(place.Fleet.Hosts[i]).Failure == null);
    }

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task Several_packages_at_once_to_many_hosts_share_connections(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind, hosts: 2);
        var packages = Enumerable.Range(0, 4).Select(n => place.Stage($"pack{n}", 100_000)).ToList();
        await place.Carrier.DeliverAsync(place.Stage("first", 10), place.Inside("in"), place.Hosts, (_, _) => { }, CancellationToken.None);
        await Task.WhenAll(packages.Select(p => place.Carrier.DeliverAsync(p, place.Inside("in"), place.Hosts, (_, o) => o.Failure.Should().BeNull(), CancellationToken.None)));
        foreach (var host in place.Fleet.Hosts)
            packages.Should().NotBeEmpty().And.OnlyContain(p => DeliveryPlace.Has(DeliveryPlace.Outside(host, $"in/{p.Name}"), p));
        // With the builtin client a way from here costs a login of its own, at most one for each package.
        (await SharedLoginTests.LoginsAsync(place.Fleet.Hosts[1])).Should().BeLessThanOrEqualTo(kind == SshKind.Shared ? 1 : 6);
    }

    [FleetFact]
    public async Task This_machine_can_be_one_of_many()
    {
        await using var place = await DeliveryPlace.StartAsync(hosts: 2);
        string folder = place.Inside("in");
        var here = new HostAccess(new Host("local"), null, Transport.Auto);
        var package = place.Stage("pack", 10_000);
        await place.Carrier.DeliverAsync(package, folder, [here, .. place.Hosts], (h, o) => _told[h] = o, CancellationToken.None);
        _told.Values.Should().HaveCount(3).And.OnlyContain(o => o.Failure == null);
        _told[HostName.Local].Proof.Should().Be(DeliveryProof.Sha256);
        DeliveryPlace.Has(Path.Combine(folder, "pack"), package).Should().BeTrue();
    }

    [FleetTheory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Only_hosts_without_ssh_are_served_over_FTP_where_either_will_do(int hosts)
    {
        await using var place = await DeliveryPlace.StartAsync(hosts: hosts);
        await place.Machine.StopAsync();
        var overFtp = new ConcurrentBag<HostName>();
        var carrier = new PackageCarrier(place.Ssh, place.Many, place.Installer, (_, folder, host, _) =>
        {
            overFtp.Add(host.Host.Name);
            return Task.FromResult(new DeliveryOutcome(folder, $"{folder}/pack", DeliveryProof.Size, null));
        });
        var access = place.Fleet.Hosts.Select(h => DeliveryPlace.Access(h, via: Transport.Auto)).ToList();
        await carrier.DeliverAsync(place.Stage("pack", 10), place.Inside("in"), access, (h, o) => _told[h] = o, CancellationToken.None);
        overFtp.Should().Equal(access[0].Host.Name);
        _told.Values.Should().HaveCount(hosts).And.OnlyContain(o => o.Failure == null);
    }

    [FleetFact]
    public async Task A_delivery_to_many_that_is_cancelled_ends_and_leaves_no_relay()
    {
        await using var place = await DeliveryPlace.StartAsync(hosts: 2);
        using var cancelled = new CancellationTokenSource();
        var delivering = place.Carrier.DeliverAsync(place.Stage("pack", 256 << 20), place.Inside("in"), place.Hosts, (h, o) => _told[h] = o, cancelled.Token);
        await place.Machine.WaitUntilRunningAsync("treepush-relay", Patience.Usual);
        await cancelled.CancelAsync();
        await delivering.Awaiting(d => d.WaitAsync(Patience.Usual)).Should().ThrowAsync<OperationCanceledException>();
        await place.Machine.WaitUntilGoneAsync("treepush-relay", Patience.Usual);
    }

    private DeliveryOutcome OutcomeOf(FleetHost host) => _told[DeliveryPlace.Access(host).Host.Name];

    private Task DeliverAsync(DeliveryPlace place, StagedPackage package, string folder) =>
        place.Carrier.DeliverAsync(package, folder, place.Hosts, (host, outcome) => _told.TryAdd(host, outcome).Should().BeTrue(), CancellationToken.None);
}
