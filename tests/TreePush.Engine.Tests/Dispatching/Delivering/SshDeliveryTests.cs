using TreePush.Core.Runs;
using TreePush.Engine.Dispatching.Delivering;
using TreePush.Engine.Tests.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Delivering;

/// <summary>Packages to one host over ssh.</summary>
public sealed class SshDeliveryTests
{
    private const int Large = 3 << 20;

    public static TheoryData<SshKind> Clients => SshKinds.Standing;

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task A_package_arrives_with_its_name_and_a_proof(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind);
        foreach (int size in new[] { 0, 10_000, Large })
        {
            var package = place.Stage($"pack $(id) '{size}'.tgz", size);
            var outcome = await place.DeliverAsync(package, place.Inside("in/20261127/"));
            outcome.Should().Be(new Core.Dispatching.DeliveryOutcome(place.Inside("in/20261127"), place.Inside($"in/20261127/{package.Name}"), DeliveryProof.Sha256, null));
            DeliveryPlace.Has(DeliveryPlace.Outside(place.Machine, $"in/20261127/{package.Name}"), package).Should().BeTrue();
        }
    }

    [FleetFact]
    public async Task A_folder_below_the_home_is_resolved()
    {
        await using var place = await DeliveryPlace.StartAsync();
        var package = place.Stage("pack", 10);
        var outcome = await place.DeliverAsync(package, "~/newcx/20261127_101500/");
        outcome.Path.Should().Be("/root/newcx/20261127_101500/pack");
        DeliveryPlace.Has(Path.Combine(place.Machine.HomeDirectory, "newcx/20261127_101500/pack"), package).Should().BeTrue();
    }

    [FleetTheory("perl")]
    [MemberData(nameof(Clients))]
    public async Task Hosts_with_a_password_and_with_keys_are_served_at_once(SshKind kind)
    {
        await using var place = DeliveryPlace.At(await PasswordFleet.StartAsync("password"), kind);
        var package = place.Stage("pack", 10_000);
        var outcome = await place.Ssh.DeliverAsync(package, place.Inside("in"), DeliveryPlace.Access(place.Machine, PasswordFleet.Password), CancellationToken.None);
        outcome.Failure.Should().BeNull();
        DeliveryPlace.Has(DeliveryPlace.Outside(place.Machine, "in/pack"), package).Should().BeTrue();
        (await place.DeliverAsync(package, place.Inside("in"))).Failure!.Kind.Should().Be(FailureKind.HostAuthentication);
    }

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task Two_hundred_packages_to_one_host_cost_one_login(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind);
        var packages = Enumerable.Range(0, 200).Select(n => place.Stage($"pack{n}", 10_000)).ToList();
        await Parallel.ForEachAsync(packages, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (package, ct) => (await place.DeliverAsync(package, place.Inside("in"), ct)).Failure.Should().BeNull());
        packages.Should().NotBeEmpty().And.OnlyContain(p => DeliveryPlace.Has(DeliveryPlace.Outside(place.Machine, $"in/{p.Name}"), p));
        Directory.GetFileSystemEntries(DeliveryPlace.Outside(place.Machine, "in")).Should().HaveCount(200);
        (await SharedLoginTests.LoginsAsync(place.Machine)).Should().Be(1);
    }

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task A_connection_that_is_killed_in_the_middle_leaves_nothing_and_the_next_attempt_succeeds(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind);
        var package = place.Stage("pack", 64 << 20);
        string folder = DeliveryPlace.Outside(place.Machine, "in");
        var delivering = place.DeliverAsync(package, place.Inside("in"));
        await Wait.UntilAsync(() => Directory.Exists(folder) && Directory.GetFiles(folder).Length > 0, Patience.Usual, () => "it did not begin");
        await place.Machine.KillProcessAsync(place.Machine.Processes("sshd: ")[0].Name);
        (await delivering.WaitAsync(Patience.Usual)).Failure!.Kind.Should().Be(FailureKind.ConnectionLost);
        File.Exists(Path.Combine(folder, "pack")).Should().BeFalse();
        (await place.DeliverAsync(package, place.Inside("in"))).Failure.Should().BeNull();
        Directory.GetFiles(folder).Should().Equal(Path.Combine(folder, "pack"));
        DeliveryPlace.Has(Path.Combine(folder, "pack"), package).Should().BeTrue();
    }

    [FleetFact]
    public async Task A_host_that_restarts_in_the_middle_leaves_a_half_that_the_next_attempt_removes()
    {
        await using var place = await DeliveryPlace.StartAsync();
        var package = place.Stage("pack", 64 << 20);
        string folder = DeliveryPlace.Outside(place.Machine, "in");
        var delivering = place.DeliverAsync(package, place.Inside("in"));
        await Wait.UntilAsync(() => Directory.Exists(folder) && Directory.GetFiles(folder).Length > 0, Patience.Usual, () => "it did not begin");
        await place.Machine.StopAsync();
        (await delivering.WaitAsync(Patience.Usual)).Failure.Should().NotBeNull();
        await place.Machine.StartAsync();
        (await place.DeliverAsync(package, place.Inside("in"))).Failure.Should().BeNull();
        Directory.GetFiles(folder).Should().Equal(Path.Combine(folder, "pack"));
    }

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task A_full_disk_is_a_failure_that_says_so(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind, options: new HostOptions { DataTmpfsBytes = 8 << 20 });
        var package = place.Stage("pack", 16 << 20);
        var failure = (await place.DeliverAsync(package, place.Inside("in")).WaitAsync(Patience.Usual)).Failure!;
        failure.Kind.Should().Be(FailureKind.TargetDiskFull);
        failure.Message.Should().Contain("in/pack could not be written").And.Contain("No space left");
        Directory.GetFiles(DeliveryPlace.Outside(place.Machine, "in")).Should().BeEmpty();
        var small = place.Stage("small", 10_000);
        var next = await place.DeliverAsync(small, place.Inside("in"));
        // The builtin client may still have sent content when the host had closed the session. The server then closes the connection.
        if (next.Failure is { IsPassing: true }) next = await place.DeliverAsync(small, place.Inside("in"));
        next.Failure.Should().BeNull();
    }

    [FleetFact]
    public async Task A_folder_that_is_read_only_is_a_failure_that_says_so()
    {
        await using var place = await DeliveryPlace.StartAsync();
        await place.Machine.MakeDataReadOnlyAsync();
        var outcome = await place.DeliverAsync(place.Stage("pack", 10), place.Inside("in"));
        outcome.Failure!.Kind.Should().Be(FailureKind.TargetNotWritable);
    }

    [FleetFact]
    public async Task A_host_without_a_program_for_hashes_proves_the_size()
    {
        await using var place = await DeliveryPlace.StartAsync(options: new HostOptions { HiddenPrograms = ["sha256sum", "shasum", "openssl"] });
        var package = place.Stage("pack", Large);
        var outcome = await place.DeliverAsync(package, place.Inside("in"));
        (outcome.Failure, outcome.Proof).Should().Be((null, DeliveryProof.Size));
    }

    [FleetFact]
    public async Task Two_packages_of_one_name_at_once_leave_one_of_them_whole()
    {
        await using var place = await DeliveryPlace.StartAsync();
        var packages = new[] { place.Stage("pack", Large), place.Stage("pack", Large) };
        var outcomes = await Task.WhenAll(packages.Select(p => place.DeliverAsync(p, place.Inside("in"))));
        outcomes.Should().HaveCount(2).And.OnlyContain(o => o.Failure == null);
        packages.Count(p => DeliveryPlace.Has(DeliveryPlace.Outside(place.Machine, "in/pack"), p)).Should().Be(1);
    }

    [FleetFact]
    public async Task A_package_can_be_delivered_to_a_folder_of_this_machine()
    {
        await using var place = await DeliveryPlace.StartAsync();
        using var here = new Temporary();
        var package = place.Stage("pack", 10_000);
        var access = new Core.Dispatching.HostAccess(new Core.Hosts.Host("local"), null, Core.Dispatching.Transport.Auto);
        (await place.Ssh.DeliverAsync(package, here["in"], access, CancellationToken.None)).Path.Should().Be(here["in/pack"]);
        DeliveryPlace.Has(here["in/pack"], package).Should().BeTrue();
    }
}
