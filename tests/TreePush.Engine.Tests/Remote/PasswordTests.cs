using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Remote.Ssh;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>Logins by password, on a host that takes no keys.</summary>
public sealed class PasswordTests
{
    public static TheoryData<SshKind> Kinds => SshKinds.All;

    [FleetTheory("perl")]
    [MemberData(nameof(Kinds))]
    public async Task A_password_logs_in(SshKind kind)
    {
        await using var fleet = await PasswordFleet.StartAsync("password");
        await using var driver = kind.NewDriver(fleet, password: PasswordFleet.Password);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        await using var program = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
        (await host.RunAsync("exit 3")).Status.Should().Be(3);
    }

    [FleetTheory("perl")]
    [MemberData(nameof(Kinds))]
    public async Task A_password_answers_a_question_for_it(SshKind kind)
    {
        await using var fleet = await PasswordFleet.StartAsync("keyboard-interactive");
        await using var driver = kind.NewDriver(fleet, password: PasswordFleet.Password);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        await using var program = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
    }

    [FleetTheory("perl")]
    [MemberData(nameof(Kinds))]
    public async Task A_wrong_password_is_refused(SshKind kind)
    {
        await using var fleet = await PasswordFleet.StartAsync("password");
        (await FailureAsync(kind, fleet, "wrong")).Kind.Should().Be(FailureKind.HostAuthentication);
    }

    [FleetTheory("perl")]
    [MemberData(nameof(Kinds))]
    public async Task Without_a_password_nobody_is_asked(SshKind kind)
    {
        await using var fleet = await PasswordFleet.StartAsync("password");
        (await FailureAsync(kind, fleet, null)).Kind.Should().Be(FailureKind.HostAuthentication);
    }

    [FleetFact("perl")]
    public async Task The_password_is_in_no_argument_environment_or_file_of_ssh()
    {
        await using var fleet = await PasswordFleet.StartAsync("password");
        await using var driver = SshKind.Shared.NewDriver(fleet, password: PasswordFleet.Password);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        var seen = Directory.GetDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])).SelectMany(p => new[] { $"{p}/cmdline", $"{p}/environ" })
            .Select(Read).ToList();
        seen.Should().Contain(text => text.Contains("SSH_ASKPASS_REQUIRE=force", StringComparison.Ordinal)).And.NotContain(text => text.Contains(PasswordFleet.Password, StringComparison.Ordinal));
        string script = seen.SelectMany(text => text.Split('\0')).First(v => v.StartsWith("SSH_ASKPASS=", StringComparison.Ordinal))["SSH_ASKPASS=".Length..];
        File.ReadAllText(script).Should().NotContain("ecret");
        File.GetUnixFileMode(Path.GetDirectoryName(script)!).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await host.DisposeAsync();
        await driver.DisposeAsync();
        File.Exists(script).Should().BeFalse();
    }

    [FleetFact("perl")]
    public async Task A_jump_host_does_not_get_the_password_of_the_target()
    {
        await using var fleet = await PasswordFleet.StartAsync("password", hosts: 2);
        var options = new SshOptions { ConfigFile = fleet.SshConfigPath, Options = [$"ProxyJump={fleet.Hosts[1].Endpoint}"] };
        await using var driver = new SshDriver(options, new SshSecrets(PasswordFleet.Password), TimeProvider.System, _ => { });
        var open = () => driver.OpenAsync(fleet.Hosts[0]);
        (await open.Should().ThrowAsync<RemoteException>()).Which.Failure.Kind.Should().Be(FailureKind.HostAuthentication);
        (await fleet.Hosts[1].ReadLogAsync()).Should().Contain("Failed password for root").And.NotContain("Accepted password");
    }

    private static async Task<Failure> FailureAsync(SshKind kind, Fleet fleet, string? password)
    {
        await using var driver = kind.NewDriver(fleet, password: password);
        var open = async () =>
        {
            await using var host = await driver.OpenAsync(fleet.Hosts[0]);
            await using var program = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
        };
        return (await open.Should().ThrowAsync<RemoteException>()).Which.Failure;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // It ended while we looked.
        }
    }
}
