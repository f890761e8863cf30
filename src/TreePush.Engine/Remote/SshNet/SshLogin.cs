using Renci.SshNet;
using Renci.SshNet.Common;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>One attempt to log in to a host.</summary>
/// <param name="connectTimeout">How long the host may take to answer.</param>
internal sealed class SshLogin(Host host, HostConfig config, Identities identities, string? password, TimeSpan connectTimeout, Action<string> debug)
{
    private readonly KnownHosts _known = new(config.KnownHosts);
    private readonly List<string> _faults = [];
    private HostKeyVerdict _verdict = HostKeyVerdict.Known;
    private volatile Session? _session;

    public Host Host => host;

    public HostConfig Config => config;

    /// <exception cref="RemoteException">The login failed; the failure says why.</exception>
    public async Task<(SshClient Client, Session Session)> RunAsync(CancellationToken ct)
    {
        var client = NewClient();
        var connecting = Task.Factory.StartNew(client.Connect, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await connecting.WaitAsync(connectTimeout + LoginLimit.LoginPatience, ct);
            return (client, _session ?? throw new SshException("It lets in whoever asks, which the builtin client can't deal with."));
        }
        catch (Exception e)
        {
            await EndAsync(client, connecting);
            ct.ThrowIfCancellationRequested();
            throw new RemoteException(LoginFailures.Of(e, host, _verdict, _faults));
        }
    }

    private SshClient NewClient()
    {
        if (config.Refusal is { } refusal) throw new RemoteException(LoginFailures.OfConfig(host, refusal));
        var keys = identities.Load(config, _faults);
        var methods = LoginMethods.Of(config.User, keys, password, session => _session = session);
        if (methods.Length == 0) throw new RemoteException(LoginFailures.OfNoKey(host, _faults));
        var info = new ConnectionInfo(config.Address, config.Port, config.User, methods)
        {
            Timeout = connectTimeout,
            RetryAttempts = 1,
            MaxSessions = SshConnection.MostSessions + 1,
        };
        try
        {
            Algorithms.Restrict(info, config.Algorithms, _known.TypesOf(config.KnownName));
        }
        catch (SshException e)
        {
            throw new RemoteException(LoginFailures.OfConfig(host, e.Message));
        }

        var client = new SshClient(info) { KeepAliveInterval = config.AliveEvery };
        // The server has answered. The login itself may take longer.
        client.ServerIdentificationReceived += (_, _) => info.Timeout = connectTimeout + LoginLimit.LoginPatience;
        client.HostKeyReceived += (_, e) => e.CanTrust = IsTrusted(e.HostKey);
        debug($"builtin ssh to {config.User}@{config.Address} port {config.Port}");
        return client;
    }

    private bool IsTrusted(byte[] key)
    {
        _verdict = _known.Check(config.KnownName, key);
        if (_verdict != HostKeyVerdict.Unknown || config.RefusesUnknown) return _verdict == HostKeyVerdict.Known;
        try
        {
            _verdict = _known.Accept(config.KnownName, key, config.HashesNames);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As with OpenSSH, the host is used all the same. The next run finds it unknown again.
            debug($"the key of {host} could not be added to {config.KnownHosts[0]}: {e.Message}");
        }

        return _verdict is HostKeyVerdict.Unknown or HostKeyVerdict.Known;
    }

    /// <summary>Ends a login. One that hangs is ended by disconnecting its session.</summary>
    private async Task EndAsync(SshClient client, Task connecting)
    {
        var ending = Task.Run(async () =>
        {
            if (!connecting.IsCompleted) _session?.Disconnect();
            await connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            client.Dispose();
        });
        if (connecting.IsCompleted) await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
