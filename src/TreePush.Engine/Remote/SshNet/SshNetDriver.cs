using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// Reaches hosts through the SSH.NET library, for machines without an ssh client. It supports known_hosts, keys in files,
/// passwords, and the simpler part of ssh_config. It refuses settings that it does not support and that would make a
/// difference.
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

    /// <summary>The command line's options that this client does not support.</summary>
    public static IReadOnlyList<Problem> Problems(SshOptions options)
    {
        const string hint = "--ssh-client openssh can";
        var problems = new List<Problem>();
        if (options.ForwardAgent) problems.Add(new Problem("-A", "the builtin ssh client has no agent to lend", hint));
        foreach (string keyword in SshConfig.UnknownOptions(options)) problems.Add(new Problem("--ssh-option", $"the builtin ssh client does not know {HostSyntax.Quoted(keyword)}", hint));
        return problems;
    }

    /// <summary>Reads the keys for these hosts, and asks for their passphrases before anything else uses the terminal.</summary>
    public void Unlock(IEnumerable<Host> hosts)
    {
        foreach (var host in hosts)
            try
            {
                _identities.Load(_config.Of(host), []);
            }
            catch (RemoteException)
            {
                // The configuration can't be used for this host. Its login says so.
            }
    }

    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => OpenAsync(host, lendsShell: true, ct);

    public Task<IRemoteHost> OpenToShareAsync(Host host, CancellationToken ct) => OpenAsync(host, lendsShell: false, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    Task<SshConnection> ISshConnector.ShareAsync(Host host, CancellationToken ct) => ShareAsync(host, ct);

    Task<ShellChannel> ISshConnector.ConnectAsync(Host host, CancellationToken ct) => PassingFailures.RetryAsync<ShellChannel>(host, _time, async () =>
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
    }, ct);

    LoginLimit ISshConnector.LimitAlone(CancellationToken ct) => LoginLimit.OfShell(_time, ct);

    ISeparateForwards ISshConnector.NewForwards(Host host) =>
        new BuiltinForwards(host, (h, ct) => PassingFailures.RetryAsync(h, _time, () => ConnectAsync(h, ct), ct));

    private Task<IRemoteHost> OpenAsync(Host host, bool lendsShell, CancellationToken ct) => PassingFailures.RetryAsync<IRemoteHost>(host, _time, async () =>
    {
        var connection = _options.ShareConnections ? await ShareAsync(host, ct) : null;
        return new SshHost(this, host, connection, lendsShell, _time);
    }, ct);

    private async Task<SshConnection> ShareAsync(Host host, CancellationToken ct) =>
        await BuiltinConnection.OpenAsync(host, await ConnectAsync(host, ct), _time, ct);

    private Task<SshLink> ConnectAsync(Host host, CancellationToken ct) =>
        SshLink.OpenAsync(new SshLogin(host, _config.Of(host), _identities, _secrets.Password, _options.ConnectTimeout, _debug), _time, ct);
}
