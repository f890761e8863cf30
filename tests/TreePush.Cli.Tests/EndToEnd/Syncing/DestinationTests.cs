using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Where things go: what DEST may be, and what it may not.</summary>
[Collection(FourHosts.Name)]
public sealed class DestinationTests(FourHosts hosts)
{
    private static readonly TreeLiteral OneFile = new TreeLiteral().File("file", "content");

    private Fleet Fleet => hosts.Fleet;

    private FleetHost Host => Fleet.Hosts[0];

    [PrivateFleetFact]
    public async Task File_becomes_the_file_that_DEST_names()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(OneFile);
        (await shipment.RunAsync($"{shipment.Source}/file", $"{shipment.Destination}/other name", [Host])).ShouldSucceed();
        Read(shipment, "other name").Should().Be("content");
    }

    [PrivateFleetFact]
    public async Task File_goes_into_a_DEST_that_ends_in_a_slash()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(OneFile);
        (await shipment.RunAsync($"{shipment.Source}/file", $"{shipment.Destination}/", [Host])).ShouldSucceed();
        Read(shipment, "file").Should().Be("content");
    }

    [PrivateFleetFact]
    public async Task Directory_is_not_nested_whether_DEST_is_there_or_not_and_with_or_without_slashes()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(OneFile);
        (await shipment.RunAsync($"{shipment.Source}/", shipment.Destination, [Host])).ShouldSucceed();
        (await shipment.RunAsync(shipment.Source, $"{shipment.Destination}/", [Host])).ShouldSucceed();
        await shipment.ShouldBeOnAsync([Host]);
    }

    [PrivateFleetFact]
    public async Task Missing_directories_above_DEST_are_made()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(OneFile);
        (await shipment.RunAsync(shipment.Source, $"{shipment.Destination}/not/yet/there", [Host])).ShouldSucceed();
        Read(shipment, "not/yet/there/file").Should().Be("content");
    }

    [PrivateFleetFact]
    public async Task Each_host_has_a_DEST_of_its_own_where_variables_say_so()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(OneFile);
        string list = await Fleet.WriteHostListAsync(line: h => $"{h.Address} {h.Port} root role{h.Index}");
        (await shipment.Work.PushAsync("sync", shipment.Source, $"{shipment.Destination}/$TPUSH_ROLE/$TPUSH_HOST", "-l", list, "-f", "host,port,user,role")).ShouldSucceed();
        Fleet.Hosts.Should().NotBeEmpty().And.OnlyContain(h => File.Exists(shipment.DestinationOn(h, $"role{h.Index}/{h.Address}/file")));
    }

    [PrivateFleetFact]
    public async Task Relative_DEST_begins_at_the_home()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(OneFile);
        (await shipment.RunAsync(shipment.Source, shipment.Work.Name, [Host])).ShouldSucceed();
        File.Exists(Path.Combine(Host.HomeDirectory, shipment.Work.Name, "file")).Should().BeTrue();
    }

    [PrivateFleetFact]
    public async Task DEST_that_is_a_link_to_a_directory_stays_one()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(OneFile);
        await new TreeLiteral().Directory("real").Link("dest", "real").MakeAsync(shipment.DestinationOn(Host));
        (await shipment.RunAsync(shipment.Source, $"{shipment.Destination}/dest", [Host], "--delete")).ShouldSucceed();
        Read(shipment, "real/file").Should().Be("content");
        new FileInfo(shipment.DestinationOn(Host, "dest")).LinkTarget.Should().Be("real");
    }

    [PrivateFleetFact]
    public async Task Link_below_DEST_is_not_followed_out_of_it()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("d/file", "new").File("f", "new"));
        string outside = $"{shipment.Destination}-outside";
        await new TreeLiteral().File("file", "old").MakeAsync(shipment.On(Host, outside));
        await shipment.MakeDestinationOnAsync(Host, new TreeLiteral().Link("d", outside).Link("f", $"{outside}/file"));
        (await shipment.SyncAsync([Host], "--force")).ShouldSucceed();
        (await TreeListing.ReadAsync(shipment.On(Host, outside))).Entries.Should().HaveCount(2);
        File.ReadAllText(Path.Combine(shipment.On(Host, outside), "file")).Should().Be("old");
        await shipment.ShouldBeOnAsync([Host]);
    }

    [PrivateFleetFact]
    public async Task Directory_in_the_place_of_a_file_is_kept_without_force_and_the_others_are_served()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("thing", "content").File("other", "x"));
        await shipment.MakeDestinationOnAsync(Host, new TreeLiteral().File("thing/precious", "kept"));
        (await shipment.SyncAsync()).ShouldFail(3, "a directory a file", "thing", "--force");
        Read(shipment, "thing/precious").Should().Be("kept");
        File.Exists(shipment.DestinationOn(Host, "other")).Should().BeFalse("it is refused before anything is changed");
        await shipment.ShouldBeOnAsync(Fleet.Hosts.Skip(1));
        (await shipment.SyncAsync("--force")).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
    }

    [PrivateFleetFact]
    public async Task File_in_the_place_of_a_directory_is_kept_without_force()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("thing/file", "content"));
        await shipment.MakeDestinationOnAsync(Host, new TreeLiteral().File("thing", "kept"));
        (await shipment.SyncAsync([Host])).ShouldFail(3, "thing", "--force");
        Read(shipment, "thing").Should().Be("kept");
        (await shipment.SyncAsync([Host], "--force")).ShouldSucceed();
        await shipment.ShouldBeOnAsync([Host]);
    }

    [PrivateFleetFact]
    public async Task DEST_itself_is_not_replaced_by_another_kind_without_force()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(OneFile);
        await File.WriteAllTextAsync(shipment.DestinationOn(Host), "kept");
        (await shipment.SyncAsync([Host])).ShouldFail(3, "not a directory", "--force");
        (await shipment.SyncAsync([Host], "--force")).ShouldSucceed();
        await shipment.ShouldBeOnAsync([Host]);
        (await shipment.RunAsync($"{shipment.Source}/file", shipment.Destination, [Host])).ShouldFail(3, "is a directory", "slash");
    }

    [PrivateFleetFact]
    public async Task DEST_inside_SRC_on_the_same_machine_is_refused_under_whatever_name()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceOnAsync(Host, OneFile);
        (await SyncWithinAsync(shipment, shipment.Source, $"{shipment.Source}/copy")).ShouldFail(3, "lies inside SRC", "hint: ");
        (await TreeListing.ReadAsync(shipment.On(Host, shipment.Source))).Entries.Should().HaveCount(2);
    }

    [PrivateFleetFact]
    public async Task SRC_inside_DEST_is_not_deleted()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceOnAsync(Host, new TreeLiteral().File("down/here/file", "content"));
        (await SyncWithinAsync(shipment, $"{shipment.Source}/down/here", shipment.Source, "--delete")).ShouldFail(3, "SRC", "hint: ");
        File.Exists(Path.Combine(shipment.On(Host, shipment.Source), "down/here/file")).Should().BeTrue();
        (await TreeListing.ReadAsync(shipment.On(Host, shipment.Source))).Entries.Should().HaveCount(4, "nothing is changed either");
    }

    private string Read(Shipment shipment, string path) => File.ReadAllText(shipment.DestinationOn(Host, path));

    /// <summary>From a host to itself, which the controller can't tell by the name.</summary>
    private async Task<ProgramResult> SyncWithinAsync(Shipment shipment, string source, string destination, params string[] options)
    {
        string twin = $"twin{shipment.Work.Name[^4..]}".ToLowerInvariant().Replace('.', 'x');
        await File.AppendAllTextAsync(Fleet.SshConfigPath, $"Host {twin}\n  HostName {Host.Address}\n");
        return await shipment.Work.PushAsync(["sync", source, destination, "-s", Host.Endpoint, "-w", twin, .. options]);
    }
}
