using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Dispatching.Ftp;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Ftp;

public sealed class FtpDeliveryTests
{
    [FtpFact]
    public async Task A_package_is_in_its_folder_under_its_name_and_nothing_else_is()
    {
        await using var place = await FtpPlace.StartAsync();
        var outcome = await place.DeliverAsync(place.Parcel.Package("a.tar.gz"), "~/newcx/20261127_101500/");
        outcome.Should().Be(new DeliveryOutcome("/home/deploy/newcx/20261127_101500", "/home/deploy/newcx/20261127_101500/a.tar.gz", "size", null));
        place.Files().Should().Equal("newcx/20261127_101500/a.tar.gz");
        File.ReadAllBytes(place.PathOf("newcx/20261127_101500/a.tar.gz")).Should().Equal(place.Parcel.Content);
    }

    [FtpFact]
    public async Task A_folder_may_be_absolute_or_the_home()
    {
        await using var place = await FtpPlace.StartAsync();
        (await place.DeliverAsync(place.Parcel.Package("a"), "/home/deploy/deep/er/")).Path.Should().Be("/home/deploy/deep/er/a");
        (await place.DeliverAsync(place.Parcel.Package("b"), "~/")).Path.Should().Be("/home/deploy/b");
        place.Files().Should().BeEquivalentTo("deep/er/a", "b");
    }

    [FtpFact]
    public async Task A_file_of_the_name_is_replaced()
    {
        await using var place = await FtpPlace.StartAsync();
        (await place.DeliverAsync(place.Parcel.Package("a", 5000))).Failure.Should().BeNull();
        (await place.DeliverAsync(place.Parcel.Package("a", 70))).Failure.Should().BeNull();
        File.ReadAllBytes(place.PathOf("in/a")).Should().Equal(place.Parcel.Content);
        place.Files().Should().Equal("in/a");
    }

    [FtpFact]
    public async Task An_empty_package_is_delivered()
    {
        await using var place = await FtpPlace.StartAsync();
        (await place.DeliverAsync(place.Parcel.Package("empty", 0))).Failure.Should().BeNull();
        new FileInfo(place.PathOf("in/empty")).Length.Should().Be(0);
    }

    [FtpFact]
    public async Task Hostile_names_stay_as_they_are()
    {
        string[] names = [" a b ", "it's \"$(id)\" `id` %41 \\n", "-rf", "~root", "a\tb\u001b[2J", "ünïcödé 漢字", "x;type=a", "a?b#c[1-3]{x,y}*", "...", new string('n', 255)];
        await using var place = await FtpPlace.StartAsync();
        foreach (string name in names)
        {
            var outcome = await place.DeliverAsync(place.Parcel.Package(name, 100), "~/in $HOME/");
            outcome.Failure.Should().BeNull(name);
            outcome.Path.Should().Be($"/home/deploy/in $HOME/{name}");
            File.ReadAllBytes(place.PathOf(Path.Combine("in $HOME", name))).Should().Equal(place.Parcel.Content);
        }

        place.Files().Should().HaveCount(names.Length);
    }

    [FtpFact]
    public async Task A_name_with_a_line_end_is_refused_and_nothing_is_sent()
    {
        await using var place = await FtpPlace.StartAsync();
        var outcome = await place.DeliverAsync(place.Parcel.Package("a\r\nDELE b"));
        outcome.Failure!.Kind.Should().Be(FailureKind.TargetConflict);
        outcome.Failure.Hint.Should().Contain("ssh");
        (await place.Server.ReadLogAsync()).Should().NotContain("USER");
    }

    [FtpFact]
    public async Task A_wrong_password_is_refused_and_not_shown()
    {
        await using var place = await FtpPlace.StartAsync();
        var outcome = await place.DeliverAsync(place.Parcel.Package("a"), password: "not this one");
        outcome.Failure!.Kind.Should().Be(FailureKind.HostAuthentication);
        outcome.Failure.Hint.Should().Contain("~/.netrc");
        outcome.ToString().Should().NotContain("not this one");
    }

    [FtpFact]
    public async Task A_folder_that_may_not_be_written_to_is_a_failure_of_its_own()
    {
        await using var place = await FtpPlace.StartAsync();
        Directory.CreateDirectory(place.PathOf("roots"));
        var inside = await place.DeliverAsync(place.Parcel.Package("a"), "roots/");
        inside.Failure!.Kind.Should().Be(FailureKind.TargetNotWritable, inside.Failure.ToString());
        var below = await place.DeliverAsync(place.Parcel.Package("a"), "roots/new/");
        below.Failure!.Kind.Should().Be(FailureKind.TargetNotWritable, below.Failure.ToString());
    }

    [FtpFact]
    public async Task A_folder_in_place_of_the_file_is_left_alone()
    {
        await using var place = await FtpPlace.StartAsync();
        var package = place.Parcel.Package("a");
        (await place.DeliverAsync(place.Parcel.Package("keep"), "in/a/")).Failure.Should().BeNull();
        var outcome = await place.DeliverAsync(package);
        outcome.Failure!.Kind.Should().Be(FailureKind.TargetConflict, outcome.Failure.ToString());
        File.Exists(place.PathOf("in/a/keep")).Should().BeTrue();
    }

    [FtpFact]
    public async Task Without_a_server_the_connection_is_refused()
    {
        await using var place = await FtpPlace.StartAsync();
        await place.Server.StopAsync();
        var outcome = await place.DeliverAsync(place.Parcel.Package("a"));
        outcome.Failure!.Kind.Should().Be(FailureKind.HostRefused);
        outcome.Folder.Should().Be("in");
    }

    [FtpFact]
    public async Task Without_curl_it_is_said_that_it_must_be_installed()
    {
        using var parcel = new Parcel();
        var delivery = new FtpDelivery(new FtpOptions { Program = "no-such-curl" }, TimeProvider.System, _ => { });
        var outcome = await delivery.DeliverAsync(parcel.Package("a"), "in/", new HostAccess(new Host("127.0.0.1", 1, "joe"), "p", Transport.Ftp), CancellationToken.None);
        outcome.Failure!.Kind.Should().Be(FailureKind.ControllerFault);
        outcome.Failure.Hint.Should().Contain("install curl");
    }

    [FtpFact]
    public async Task A_port_of_ssh_is_not_one_of_FTP()
    {
        await using var place = await FtpPlace.StartAsync();
        place.Options = place.Options with { DefaultPort = place.Server.Port };
        var delivery = place.NewDelivery();
        foreach (var (port, via) in new[] { (22, Transport.Ftp), (2222, Transport.Auto) })
        {
            var access = new HostAccess(new Host(place.Server.Address, port, place.Server.User), place.Server.Password, via);
            (await delivery.DeliverAsync(place.Parcel.Package("a"), "in/", access, CancellationToken.None)).Failure.Should().BeNull();
        }
    }

    [FtpFact]
    public async Task A_server_that_knows_no_SIZE_lists_the_file()
    {
        await using var place = await FtpPlace.StartAsync(new FtpServerOptions { Lines = ["cmds_denied=SIZE"] });
        (await place.DeliverAsync(place.Parcel.Package("a", 12345))).Failure.Should().BeNull();
        File.ReadAllBytes(place.PathOf("in/a")).Should().Equal(place.Parcel.Content);
    }

    [FtpFact]
    public async Task A_full_disk_is_told()
    {
        await using var place = await FtpPlace.StartAsync(new FtpServerOptions { HomeBytes = 200_000 });
        var outcome = await place.DeliverAsync(place.Parcel.Package("a", 1_000_000));
        outcome.Failure!.Kind.Should().Be(FailureKind.TargetDiskFull, outcome.Failure.ToString());
        File.Exists(place.PathOf("in/a")).Should().BeFalse();
    }
}
