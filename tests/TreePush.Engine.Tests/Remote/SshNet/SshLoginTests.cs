using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Remote.SshNet;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote.SshNet;

/// <summary>Logins of the builtin client that fail.</summary>
public sealed class SshLoginTests : IDisposable
{
    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [FleetFact]
    public async Task A_login_that_fails_on_first_contact_tells_its_own_cause()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1, EveryHost = new HostOptions { SshdLines = ["MaxAuthTries 1"] } });
        await File.WriteAllTextAsync(fleet.Hosts[0].AuthorizedKeysPath, "");
        var failure = await FailureAsync(fleet, new SshOptions { ConfigFile = fleet.SshConfigPath, Options = [$"UserKnownHostsFile={_temporary["new"]}"] });
        failure.Kind.Should().Be(FailureKind.HostAuthentication);
        failure.Message.Should().Contain("Too many authentication failures");
    }

    [FleetFact]
    public async Task A_host_is_not_accepted_as_new_while_known_hosts_can_not_be_read()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        Directory.CreateDirectory(_temporary["folder"]);
        var failure = await FailureAsync(fleet, new SshOptions { ConfigFile = fleet.SshConfigPath, Options = [$"UserKnownHostsFile={_temporary["folder"]}"] });
        failure.Kind.Should().Be(FailureKind.ControllerFault);
        failure.Message.Should().Contain("can't be checked").And.Contain(_temporary["folder"]);
    }

    [FleetFact("perl")]
    public async Task A_password_is_not_given_to_a_host_for_which_it_is_forbidden()
    {
        await using var fleet = await PasswordFleet.StartAsync("password");
        var options = new SshOptions { ConfigFile = fleet.SshConfigPath, Options = ["PasswordAuthentication=no"] };
        (await FailureAsync(fleet, options, PasswordFleet.Password)).Kind.Should().Be(FailureKind.HostAuthentication);
    }

    private static async Task<Failure> FailureAsync(Fleet fleet, SshOptions options, string? password = null)
    {
        await using var driver = new SshNetDriver(options, new SshSecrets(password), TimeProvider.System, _ => { });
        var open = () => driver.OpenAsync(fleet.Hosts[0]);
        return (await open.Should().ThrowAsync<RemoteException>()).Which.Failure;
    }
}
