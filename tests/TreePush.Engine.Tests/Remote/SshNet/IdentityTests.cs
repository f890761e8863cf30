using System.Diagnostics;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Remote.SshNet;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote.SshNet;

/// <summary>Logins of the builtin client with keys in files.</summary>
public sealed class IdentityTests(IdentityTests.Hosts hosts) : IClassFixture<IdentityTests.Hosts>, IDisposable
{
    private const string Passphrase = "correct horse";

    private readonly Temporary _temporary = new();
    private readonly List<string> _asked = [];

    public void Dispose() => _temporary.Dispose();

    [FleetTheory]
    [InlineData("ed25519", 256)]
    [InlineData("ecdsa", 256)]
    [InlineData("ecdsa", 384)]
    [InlineData("ecdsa", 521)]
    [InlineData("rsa", 3072)]
    public async Task Keys_of_each_type_log_in_with_and_without_a_passphrase(string type, int bits)
    {
        foreach (string passphrase in (string[])["", Passphrase])
        {
            string key = await MakeKeyAsync($"{type}{bits}{passphrase.Length}", type, bits, passphrase);
            await using var driver = Driver(key, Passphrase);
            await using var host = await driver.OpenAsync(hosts.Fleet.Hosts[0]);
            (await host.RunAsync("exit 3")).Status.Should().Be(3);
        }
    }

    [FleetFact]
    public async Task A_passphrase_is_asked_for_once()
    {
        string key = await MakeKeyAsync("locked", "ed25519", 256, Passphrase);
        await using var driver = Driver(key, Passphrase);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => await (await driver.OpenAsync(hosts.Fleet.Hosts[0])).DisposeAsync()));
        _asked.Should().Equal(key);
    }

    [FleetTheory]
    [InlineData("wrong", "is the passphrase right?")]
    [InlineData(null, "has a passphrase, and nobody gave it")]
    public async Task A_key_that_can_not_be_unlocked_is_told(string? passphrase, string said)
    {
        string key = await MakeKeyAsync("locked", "ed25519", 256, Passphrase);
        (await FailureAsync(key, passphrase)).Message.Should().Contain(said);
    }

    [FleetFact]
    public async Task A_key_that_is_not_there_or_is_none_is_told()
    {
        (await FailureAsync(_temporary["gone"], null)).Message.Should().Contain($"there is no key {_temporary["gone"]}");
        string note = _temporary.Write("note", "no key");
        File.SetUnixFileMode(note, UnixFileMode.UserRead);
        (await FailureAsync(note, null)).Message.Should().Contain("can't be used");
    }

    [FleetFact]
    public async Task A_key_that_others_can_read_is_not_used()
    {
        string key = await MakeKeyAsync("open", "ed25519", 256, "");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        (await FailureAsync(key, null)).Message.Should().Contain("others can read it");
    }

    [FleetFact]
    public async Task A_key_is_not_unlocked_for_a_host_that_it_may_not_be_used_for()
    {
        string key = await MakeKeyAsync("locked", "ed25519", 256, Passphrase);
        (await FailureAsync(key, Passphrase, "PubkeyAuthentication no\n")).Message.Should().Contain("allows no login with a key");
        _asked.Should().BeEmpty();
    }

    private async Task<Failure> FailureAsync(string key, string? passphrase, string settings = "")
    {
        await using var driver = Driver(key, passphrase, settings);
        var open = () => driver.OpenAsync(hosts.Fleet.Hosts[0]);
        var failure = (await open.Should().ThrowAsync<RemoteException>()).Which.Failure;
        failure.Kind.Should().Be(FailureKind.HostAuthentication);
        return failure;
    }

    private SshNetDriver Driver(string key, string? passphrase, string settings = "")
    {
        string config = _temporary.Write("config", $"UserKnownHostsFile {_temporary["known_hosts"]}\n{settings}");
        var secrets = new SshSecrets
        {
            AskPassphrase = path =>
            {
                lock (_asked) _asked.Add(path);
                return passphrase;
            },
        };
        return new SshNetDriver(new SshOptions { ConfigFile = config, IdentityFile = key }, secrets, TimeProvider.System, _ => { });
    }

    /// <summary>Makes a key, and has the host take it.</summary>
    private async Task<string> MakeKeyAsync(string name, string type, int bits, string passphrase)
    {
        string path = _temporary[name];
        using var process = Process.Start("ssh-keygen", ["-q", "-t", type, "-b", $"{bits}", "-N", passphrase, "-f", path]);
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0);
        await File.AppendAllTextAsync(hosts.Fleet.Hosts[0].AuthorizedKeysPath, await File.ReadAllTextAsync(path + ".pub"));
        return path;
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
