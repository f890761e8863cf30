using System.Security.Cryptography;
using StackExchange.Redis;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Alerts;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>
/// The connection to Redis that all calls share. It is made at the first call, and tried again at the next one where that fails. A connection that is
/// lost is made anew by the library; until then calls wait, and fail when their time is over.
/// </summary>
internal sealed class RedisConnection(RedisOptions options) : IAsyncDisposable
{
    private static readonly Version Oldest = Version.Parse(RedisFailures.OldestVersion);

    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private Task? _looking;
    private bool _isDisposed;

    /// <summary>What a server says its version is.</summary>
    public Func<IServer, Version> VersionOf { get; init; } = server => server.Version;

    /// <summary>Called when a connection that was lost is there again: messages may have been missed.</summary>
    public required Action Restored { get; init; }

    /// <exception cref="TaskStoreException">Redis can't be used now.</exception>
    public async Task<T> CallAsync<T>(Func<IConnectionMultiplexer, Task<T>> call, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ConnectionMultiplexer? redis = null;
        try
        {
            redis = await ConnectedAsync().WaitAsync(ct);
            return await call(redis).WaitAsync(ct);
        }
        catch (Exception e) when (RedisFailures.IsRedis(e))
        {
            // Who is the master may have changed.
            if (redis is not null && (options.Address.Endpoints.Count > 1 || RedisFailures.IsReadOnly(e))) await LookAgainAsync(redis).WaitAsync(ct);
            throw RedisFailures.Of(e, options.Address, redis?.IsConnected ?? false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? connecting;
        lock (_gate) (connecting, _isDisposed) = (_connecting, true);
        if (connecting is null) return;
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully) await (await connecting).DisposeAsync();
    }

    private Task<ConnectionMultiplexer> ConnectedAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _connecting is null or { IsFaulted: true } ? _connecting = ConnectAsync() : _connecting;
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(Configure());
        try
        {
            foreach (var server in redis.GetServers().Where(s => s.IsConnected))
                if (VersionOf(server) is var version && version < Oldest) throw RedisFailures.TooOld(version, options.Address);
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }

        redis.ConnectionRestored += (_, _) => Restored();
        redis.ConfigurationChanged += (_, _) => Restored();
        return redis;
    }

    /// <summary>Asks the servers again who of them is the master. Callers that fail at the same time share the question.</summary>
    private async Task LookAgainAsync(ConnectionMultiplexer redis)
    {
        Task looking;
        lock (_gate) looking = _looking is null or { IsCompleted: true } ? _looking = redis.ConfigureAsync() : _looking;
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private ConfigurationOptions Configure()
    {
        var address = options.Address;
        var configuration = new ConfigurationOptions
        {
            User = address.User,
            Password = options.Password ?? address.Password,
            Ssl = address.IsTls,
            ServiceName = address.Service,
            DefaultDatabase = address.Database ?? 0,
            ClientName = "treepush",
            AbortOnConnectFail = true,
            ConnectRetry = 1,
            ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds,
            AsyncTimeout = (int)options.CallTimeout.TotalMilliseconds,
            SyncTimeout = (int)options.CallTimeout.TotalMilliseconds,
            // Calls wait for a lost connection until their time is over: subscribing needs that, for its connection comes a moment after the first.
            BacklogPolicy = BacklogPolicy.Default,
            IncludeDetailInExceptions = false,
            // The library's own key and channel would need permissions beyond the prefix.
            TieBreaker = "",
            ConfigurationChannel = "",
        };
        foreach (var endpoint in address.Endpoints) configuration.EndPoints.Add(endpoint.Host, endpoint.Port);
        if (options.CaFile is { } file) Trust(configuration, file);
        return configuration;
    }

    private static void Trust(ConfigurationOptions configuration, string file)
    {
        try
        {
            var authorities = CertificateAuthorities.Read(file);
            configuration.CheckCertificateRevocation = false; // Such an authority has rarely a place to ask.
            configuration.CertificateValidation += (_, certificate, chain, errors) => authorities.Accept(certificate, chain, errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new TaskStoreException(new Failure(FailureKind.ControllerFault, $"{DisplayText.Line(file)} can't be read: {DisplayText.Line(e.Message)}"), mayPass: false);
        }
    }
}
