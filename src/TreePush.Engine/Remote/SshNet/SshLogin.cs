using Renci.SshNet;
using Renci.SshNet.Common;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>One attempt to log in to a host.</summary>
/// <param name="connectTimeout">How long the host may take to answer.</param>
internal sealed class SshLogin(Host host, HostConfig config, Identities identities, string? password, TimeSpan connectTimeout, Action<string> debug)
{
    private readonly KnownHosts _known = new(config.KnownHosts, config.NewKeysFile);
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
            throw e as RemoteException ?? new RemoteException(LoginFailures.Of(e, host, _verdict, _faults));
        }
    }

    private SshClient NewClient()
    {
        if (config.Refusal is { } refusal) throw new RemoteException(LoginFailures.OfConfig(host, refusal));
        var keys = identities.Load(config, _faults);
        var methods = LoginMethods.Of(config, keys, password, _faults, session => _session = session);
        if (methods.Length == 0) throw new RemoteException(LoginFailures.OfNoKey(host, _faults));
        var info = new ConnectionInfo(config.Address, config.Port, config.User, methods)
        {
            Timeout = connectTimeout,
            RetryAttempts = 1,
            MaxSessions = SshConnection.MostSessions + 1,
        };
        try
        {
            Algorithms.Restrict(info, config.Algorithms, Known(k => k.TypesOf(config.KnownName)));
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
        _verdict = Known(k => k.Check(config.KnownName, key));
        if (_verdict == HostKeyVerdict.Unknown && !config.RefusesUnknown) _verdict = Accept(key);
        return _verdict == HostKeyVerdict.Known;
    }

    /// <returns>A key that was unknown until now is known from now on: what fails later has another cause.</returns>
    private HostKeyVerdict Accept(byte[] key)
    {
        try
        {
            var verdict = _known.Accept(config.KnownName, key, config.HashesNames);
            return verdict == HostKeyVerdict.Unknown ? HostKeyVerdict.Known : verdict;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As with OpenSSH, the host is used all the same. The next run finds it unknown again.
            debug($"the key of {host} could not be added to {config.NewKeysFile}: {e.Message}");
            return HostKeyVerdict.Known;
        }
    }

    /// <exception cref="RemoteException">known_hosts can't be read. The host may be known by another key, so it is not accepted as new.</exception>
    private T Known<T>(Func<KnownHosts, T> ask)
    {
        try
        {
            return ask(_known);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RemoteException(LoginFailures.OfKnownHosts(host, e.Message));
        }
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
