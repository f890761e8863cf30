using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// Reaches hosts by the SSH.NET library, for machines without an ssh client. It goes by known_hosts, keys in files, passwords, and
/// the simpler part of ssh_config; what it can't do, it refuses where it is asked for.
/// </summary>
public sealed class SshNetDriver : IRemoteHostDriver, ISshConnector
{
    private readonly SshOptions _options;
    private readonly SshSecrets _secrets;
    private readonly Identities _identities;
    private readonly SshConfig _config;
    private readonly TimeProvider _time;
    private readonly Action<string> _debug;

    public SshNetDriver(SshOptions options, SshSecrets secrets, TimeProvider time, Action<string> debug)
    {
        (_options, _secrets, _time, _debug) = (options, secrets, time, debug);
        _identities = new Identities(secrets);
        _config = new SshConfig(options, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.UserName);
    }

    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => PassingFailures.RetryAsync<IRemoteHost>(host, _time, async () =>
    {
        var connection = _options.ShareConnections ? await ShareAsync(host, ct) : null;
        return new SshHost(this, host, connection, _time);
    }, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    Task<SshConnection> ISshConnector.ShareAsync(Host host, CancellationToken ct) => ShareAsync(host, ct);

    async Task<ShellChannel> ISshConnector.ConnectAsync(Host host, CancellationToken ct)
    {
        var link = await ConnectAsync(host, ct);
        try
        {
            return await link.OpenShellAsync(isAlone: true, ct);
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    LoginLimit ISshConnector.LimitAlone(CancellationToken ct) => LoginLimit.OfShell(_time, ct);

    ISeparateForwards ISshConnector.NewForwards(Host host) => new BuiltinForwards(host, ConnectAsync);

    private async Task<SshConnection> ShareAsync(Host host, CancellationToken ct) =>
        await BuiltinConnection.OpenAsync(host, await ConnectAsync(host, ct), _time, ct);

    private Task<SshLink> ConnectAsync(Host host, CancellationToken ct) =>
        SshLink.OpenAsync(new SshLogin(host, _config.Of(host), _identities, _secrets.Password, _options.ConnectTimeout, _debug), ct);
}
