using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Remote.Ssh;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>The user's ssh options, in sessions with and without a connection of their own.</summary>
public sealed class SessionOptionTests
{
    [FleetTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Variables_that_ssh_is_told_to_set_reach_commands(bool share)
    {
        await using var fleet = await StartAsync();
        var options = new SshOptions { ConfigFile = fleet.SshConfigPath, ShareConnections = share, Options = ["SetEnv=TP_WORD=sent"] };
        await using var driver = new SshDriver(options, SshSecrets.None, TimeProvider.System, _ => { });
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        (await host.RunAsync("[ \"$TP_WORD\" = sent ]")).Status.Should().Be(0);
    }

    [FleetTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_configuration_alone_does_not_forward_the_agent(bool share)
    {
        await using var fleet = await StartAsync();
        await File.AppendAllTextAsync(fleet.SshConfigPath, "\nHost *\n  ForwardAgent yes\n  SetEnv TP_WORD=sent\n  LocalForward 1 127.0.0.1:1\n  RemoteCommand false\n");
        var options = new SshOptions { ConfigFile = fleet.SshConfigPath, ShareConnections = share };
        await using var driver = new SshDriver(options, SshSecrets.None, TimeProvider.System, _ => { });
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        (await host.RunAsync("[ \"$TP_WORD$SSH_AUTH_SOCK\" = sent ]")).Status.Should().Be(0);
    }

    private static Task<Fleet> StartAsync() => Fleet.StartAsync(new FleetOptions { Hosts = 1, EveryHost = new HostOptions { SshdLines = ["AcceptEnv TP_WORD"] } });
}
