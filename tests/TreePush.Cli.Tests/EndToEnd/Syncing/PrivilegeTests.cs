using System.Diagnostics;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Who may read and write what: root, a login that is not root, and one that becomes root by sudo.</summary>
public sealed class PrivilegeTests(PrivilegeTests.Logins hosts) : IClassFixture<PrivilegeTests.Logins>
{
    private const string LoginUser = "deploy";

    private Fleet Fleet => hosts.Fleet;

    private FleetHost Root => Fleet.Hosts[0];

    private FleetHost User => Fleet.Hosts[1];

    private FleetHost OtherUser => Fleet.Hosts[2];

    [PrivateFleetFact("sudo")]
    public async Task DEST_that_the_login_may_not_write_needs_sudo()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("file", "content", mode: "600"));
        (await shipment.SyncAsync([Root, User])).ShouldFail(3, "Permission denied", "--sudo");
        await shipment.ShouldBeOnAsync([Root]);
        (await shipment.SyncAsync([User], "--sudo")).ShouldSucceed();
        await shipment.ShouldBeOnAsync([User], TreeAspects.All);
        await shipment.ShouldHaveLeftNothingAsync();
    }

    [PrivateFleetFact("sudo")]
    public async Task Owners_are_kept_by_root_only()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("file", "content").Directory("d").Link("l", "file"));
        Process.Start("chown", ["-h", "1234:4321", .. new[] { "file", "d", "l" }.Select(n => Path.Combine(shipment.Source, n))]).WaitForExit();
        (await shipment.SyncAsync([Root], "--owner")).ShouldSucceed();
        (await shipment.RunAsync(shipment.Source, shipment.Work.Name, [User], "--owner")).ShouldFail(3, "--owner: 4 entries do not belong to the login", "--sudo");
        Directory.Exists(Path.Combine(User.HomeDirectory, shipment.Work.Name)).Should().BeFalse("nothing is begun");
        (await shipment.SyncAsync([User], "--owner", "--sudo")).ShouldSucceed();
        await shipment.ShouldBeOnAsync([Root, User], TreeAspects.All);
    }

    [PrivateFleetFact]
    public async Task Set_id_bits_come_with_their_owner_only()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("set user", "content"));
        string file = Path.Combine(shipment.Source, "set user");
        await Process.Start("sh", ["-c", "chown 1234:4321 \"$1\"; chmod 6755 \"$1\"", "sh", file]).WaitForExitAsync();
        foreach (int written in new[] { 1, 0 })
        {
            (await shipment.SyncAsync([Root])).ShouldSucceed();
            shipment.Receipts.Should().ContainSingle().Which.Written.Should().Be(written, "what is dropped makes no difference");
            File.GetUnixFileMode(shipment.DestinationOn(Root, "set user")).Should().NotHaveFlag(UnixFileMode.SetUser).And.NotHaveFlag(UnixFileMode.SetGroup);
        }

        (await shipment.SyncAsync([Root], "--owner")).ShouldSucceed();
        await shipment.ShouldBeOnAsync([Root], TreeAspects.All);
    }

    [PrivateFleetFact("sudo")]
    public async Task Source_that_may_not_read_everything_brings_what_it_can_names_the_rest_and_deletes_nothing()
    {
        var shipment = new Shipment(Fleet);
        var tree = new TreeLiteral().File("open", "1").File("secret", "2", mode: "600").File("closed/file", "3").Directory("closed", mode: "700");
        await shipment.MakeSourceAsync(tree);
        await shipment.MakeSourceOnAsync(User, tree);
        await shipment.MakeDestinationOnAsync(Root, new TreeLiteral().File("kept"));
        (await shipment.SyncAsync([Root], "-s", User.Endpoint, "--delete"))
            .ShouldFail(3, "secret", "closed", "nothing was deleted");
        (await TreeListing.ReadAsync(shipment.DestinationOn(Root))).Entries.Select(e => $"{e.Path}").Should().Contain(["open", "kept"]).And.NotContain(["secret", "closed/file"]);
        (await shipment.SyncAsync([Root], "-s", User.Endpoint, "--delete", "--sudo")).ShouldSucceed();
        await shipment.ShouldBeOnAsync([Root]);
    }

    [PrivateFleetFact("sudo")]
    public async Task Logins_that_are_not_root_serve_each_other_what_only_they_may_read()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("secret", 1 << 20, seed: 1, mode: "400").Directory("d", mode: "500").File("d/e", "x", mode: "0"));
        string home = shipment.Work.Name;
        (await shipment.RunAsync(shipment.Source, home, [User, OtherUser], "--topology", "chain")).ShouldSucceed();
        var expected = (await TreeListing.ReadAsync(shipment.Source)).Lines();
        foreach (var host in new[] { User, OtherUser })
            (await TreeListing.ReadAsync(Path.Combine(host.HomeDirectory, home))).Lines().Should().Equal(expected);
    }

    /// <summary>One into which root logs in, and two into which somebody else does.</summary>
    public sealed class Logins() : SharedFleet(new FleetOptions
    {
        Network = NetworkKind.Private,
        Hosts = 3,
        HostsTrustEachOther = false,
        ForHost = (index, usual) => index == 0 || HostOptions.MissingSudo() is not null ? usual : usual with { LoginUser = LoginUser },
    });
}
