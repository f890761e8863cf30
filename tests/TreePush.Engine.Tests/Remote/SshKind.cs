using TreePush.Core.Hosts;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>The ways to reach hosts over ssh.</summary>
public enum SshKind
{
    /// <summary>OpenSSH's client, with connections that sessions share.</summary>
    Shared,

    /// <summary>OpenSSH's client, with a connection for each session.</summary>
    Unshared,
}

internal static class SshKinds
{
    /// <summary>All of them, for tests with cases.</summary>
    public static TheoryData<SshKind> All => [.. Enum.GetValues<SshKind>()];

    /// <summary>Those with a connection that stands while a host is open.</summary>
    public static TheoryData<SshKind> Standing => [SshKind.Shared];

    public static IRemoteHostDriver NewDriver(this SshKind kind, Fleet fleet, TimeSpan? connectTimeout = null)
    {
        var options = new SshOptions { ConfigFile = fleet.SshConfigPath, ConnectTimeout = connectTimeout ?? TimeSpan.FromSeconds(10) };
        return new SshDriver(options with { ShareConnections = kind == SshKind.Shared }, TimeProvider.System, _ => { });
    }

    public static Task<IRemoteHost> OpenAsync(this IRemoteHostDriver driver, FleetHost host) =>
        driver.OpenAsync(new Host(host.Address, host.Port, host.User), CancellationToken.None);

    public static Task<RemoteExit> RunAsync(this IRemoteHost host, string command, CancellationToken ct = default) =>
        host.RunAsync(new RemoteCommand(command, new Dictionary<string, string>()), _ => { }, ct);
}
