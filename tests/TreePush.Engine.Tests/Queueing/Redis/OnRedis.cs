using TreePush.Engine.Queueing.Redis;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing.Redis;

/// <summary>Tests of a store on a real server, which is started for each test.</summary>
public abstract class OnRedis : IAsyncLifetime
{
    private RedisServer? _server;
    private RedisTaskStore? _store;

    private protected RedisServer Server => _server!;

    private protected RedisTaskStore Store => _store!;

    public async Task InitializeAsync()
    {
        if (RedisServer.MissingRequirement() is not null) return;
        _server = await RedisServer.StartAsync();
        _store = Stores.Open(_server);
    }

    public async Task DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}
