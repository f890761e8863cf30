using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Dispatching;
using TreePush.Engine.Dispatching.Ftp;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Ftp;

/// <summary>Servers that rename nothing over a file that exists.</summary>
public sealed class RenamingTests : IDisposable
{
    private readonly Temporary _home = new();
    private readonly Parcel _parcel = new();

    [FactWith("curl")]
    public async Task The_old_file_is_put_aside_and_deleted_when_the_new_one_is_in_place()
    {
        _home.Write("a", "old");
        var package = _parcel.Package("a");
        using var server = new StubbornFtpServer(_home.Directory);
        (await DeliverAsync(server, package)).Failure.Should().BeNull();
        File.ReadAllBytes(_home["a"]).Should().Equal(_parcel.Content);
        Directory.GetFiles(_home.Directory).Should().ContainSingle();
        server.Commands.Should().NotContain("DELE a", "without a new file in place the old one is needed");
    }

    [FactWith("curl")]
    public async Task An_old_file_that_can_not_be_put_aside_stays()
    {
        _home.Write("a", "old");
        using var server = new StubbornFtpServer(_home.Directory, line => line == "RNFR a");
        var outcome = await DeliverAsync(server, _parcel.Package("a"));
        outcome.Failure!.Kind.Should().Be(FailureKind.TargetConflict);
        outcome.Failure.Message.Should().Contain("553 it exists");
        File.ReadAllText(_home["a"]).Should().Be("old");
    }

    [FactWith("curl")]
    public async Task An_old_file_comes_back_if_the_new_one_can_not_have_its_name()
    {
        _home.Write("a", "old");
        var package = _parcel.Package("a");
        int asked = 0;
        using var server = new StubbornFtpServer(_home.Directory, line => line == $"RNFR .treepush-{package.Id}.part" && ++asked == 2);
        (await DeliverAsync(server, package)).Failure.Should().NotBeNull();
        File.ReadAllText(_home["a"]).Should().Be("old");
        asked.Should().Be(2);
    }

    public void Dispose()
    {
        _home.Dispose();
        _parcel.Dispose();
    }

    private static Task<DeliveryOutcome> DeliverAsync(StubbornFtpServer server, StagedPackage package) =>
        new FtpDelivery(new FtpOptions(), TimeProvider.System, _ => { })
            .DeliverAsync(package, "~/", new HostAccess(new Host("127.0.0.1", server.Port, "joe"), "p", Transport.Ftp), CancellationToken.None).WaitAsync(Patience.Usual);
}
