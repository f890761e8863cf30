using TreePush.Core.Hosts;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Remote.SshNet;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>The ways to reach hosts over ssh.</summary>
public enum SshKind
{
    /// <summary>OpenSSH's client, with connections that sessions share.</summary>
    Shared,

    /// <summary>OpenSSH's client, with a connection for each session.</summary>
    Unshared,

    /// <summary>The SSH.NET library, with connections that sessions share.</summary>
    Builtin,

    /// <summary>The SSH.NET library, with a connection for each session.</summary>
    BuiltinUnshared,
}

internal static class SshKinds
{
    /// <summary>All of them, for tests with cases.</summary>
    public static TheoryData<SshKind> All => [.. Enum.GetValues<SshKind>()];

    /// <summary>Those with a connection that stands while a host is open.</summary>
    public static TheoryData<SshKind> Standing => [SshKind.Shared, SshKind.Builtin];

    public static IRemoteHostDriver NewDriver(this SshKind kind, Fleet fleet, TimeSpan? connectTimeout = null, string? password = null, TimeProvider? time = null)
    {
        var options = new SshOptions
        {
            ConfigFile = fleet.SshConfigPath,
            ConnectTimeout = connectTimeout ?? TimeSpan.FromSeconds(10),
            ShareConnections = kind is SshKind.Shared or SshKind.Builtin,
        };
        return kind is SshKind.Shared or SshKind.Unshared
            ? new SshDriver(options, new SshSecrets(password), time ?? TimeProvider.System, _ => { })
            : new SshNetDriver(options, new SshSecrets(password), time ?? TimeProvider.System, _ => { });
    }

    public static Task<IRemoteHost> OpenAsync(this IRemoteHostDriver driver, FleetHost host) =>
        driver.OpenAsync(new Host(host.Address, host.Port, host.User), CancellationToken.None);

    public static Task<RemoteExit> RunAsync(this IRemoteHost host, string command, CancellationToken ct = default) =>
        host.RunAsync(new RemoteCommand(command, new Dictionary<string, string>()), _ => { }, ct);
}
