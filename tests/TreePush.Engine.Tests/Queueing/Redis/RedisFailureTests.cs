using TreePush.Core.Queueing;
using TreePush.Core.Runs;
using TreePush.Engine.Queueing;
using TreePush.Engine.Queueing.Redis;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing.Redis;

/// <summary>Every trouble with Redis has a message of its own.</summary>
public sealed class RedisFailureTests
{
    /// <summary>What docs/agents.md says a user must be allowed.</summary>
    private const string Documented =
        "resetchannels &treepush:* ~treepush:* ~{treepush:* -@all +hello +auth +ping +echo +info +client|setname +client|id +cluster|nodes +cluster|slots +subscribe +unsubscribe +publish "
        + "+eval +evalsha +script|load +time +get +set +del +exists +rename +hset +hget +hmget +hgetall +hdel +hlen +hincrby +sadd +srem +scard +sismember +smembers +zadd +zrem +zcard +zcount +zrange +zrangebyscore";

    [RedisFact]
    public async Task Server_that_is_not_there()
    {
        var failure = await FailureOf("redis://127.0.0.1:1", mayPass: true);
        failure.Should().Be(new Failure(FailureKind.HostUnreachable, "can't connect to Redis at redis://127.0.0.1:1", "is the server running, and the port open from here?"));
    }

    [RedisFact]
    public async Task Server_that_is_halted()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = Stores.Open(server, o => o with { CallTimeout = TimeSpan.FromMilliseconds(500) });
        await store.OpenTasksAsync(default);
        server.Pause();
        (await FailureOf(store, mayPass: true)).Message.Should().EndWith("does not answer");
        server.Resume();
        IReadOnlyList<TaskSpec>? tasks = null;
        for (int attempt = 0; tasks is null && attempt < 100; attempt++) tasks = await Trying.OnceAsync(() => store.OpenTasksAsync(default));
        tasks.Should().BeEmpty();
    }

    [RedisFact]
    public async Task Password_that_is_wrong_or_missing()
    {
        await using var server = await RedisServer.StartAsync(new RedisServerOptions { Password = "right" });
        await using (var store = Stores.Open(server)) await store.SubmitAsync(Stores.Draft, default);
        await using (var store = Stores.Open(server.OpenUrl, o => o with { Password = "right" })) await store.SubmitAsync(Stores.Draft, default);
        (await FailureOf($"redis://:s3cret@127.0.0.1:{server.Port}", mayPass: false)).Should().Match<Failure>(f => f.Message.EndsWith("refuses the password") && !f.ToString().Contains("s3cret"));
        (await FailureOf(server.OpenUrl, mayPass: false)).Message.Should().EndWith("wants a password");
    }

    [RedisFact]
    public async Task Server_that_is_too_old()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = Stores.OpenOfVersion(server, new Version(5, 0, 14));
        (await FailureOf(store, mayPass: false)).Message.Should().EndWith("is version 5.0.14, and 6.0 or later is needed");
    }

    [RedisFact]
    public async Task Memory_that_is_full()
    {
        await using var server = await RedisServer.StartAsync(new RedisServerOptions { MaxMemory = "1" });
        await using var store = Stores.Open(server);
        (await FailureOf(store, mayPass: true)).Message.Should().EndWith("has no memory left, and refuses to write");
        (await server.AskAsync(["dbsize"])).Should().Be("0");
        await server.AskAsync(["config", "set", "maxmemory", "0"]);
        await store.SubmitAsync(Stores.Draft, default);
    }

    [RedisFact]
    public async Task Replica_that_is_read_only_until_it_is_promoted()
    {
        await using var master = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync(new RedisServerOptions { ReplicaOf = master });
        await using var store = Stores.Open(replica);
        (await FailureOf(store, mayPass: true)).Message.Should().EndWith("is a read-only replica");
        await replica.PromoteAsync();
        TaskSpec? task = null;
        for (int attempt = 0; task is null && attempt < 100; attempt++) task = await Trying.OnceAsync(() => store.SubmitAsync(Stores.Draft, default));
        task.Should().NotBeNull();
    }

    [RedisFact]
    public async Task User_who_may_use_the_prefix_needs_nothing_else()
    {
        await using var server = await RedisServer.StartAsync(new RedisServerOptions { Users = [$"alice on >secret {Documented}"] });
        var warnings = new List<string>();
        await using var store = Stores.Open($"redis://alice:secret@127.0.0.1:{server.Port}", o => o with { Warn = warnings.Add });
        var task = await store.SubmitAsync(Stores.Draft, default);
        await store.OfferAsync(task.Id, "s", "east", default);
        (await store.ClaimAsync(task.Id, "a", "west", default)).Result.Should().Be(ClaimResult.Granted);
        await store.ReportAsync("a", null, default);
        (await store.PlainPathAsync(default)).Should().BeNull();
        (await store.PlainPathAsync(default)).Should().BeNull();
        warnings.Should().ContainSingle().Which.Should().Contain("may not read it");
    }

    [RedisFact]
    public async Task User_who_may_not_use_the_prefix()
    {
        await using var server = await RedisServer.StartAsync(new RedisServerOptions { Users = ["alice on >secret ~other:* &other:* +@all"] });
        (await FailureOf($"redis://alice:secret@127.0.0.1:{server.Port}", mayPass: false)).Message.Should().Contain("does not permit this user what is needed");
    }

    [RedisFact]
    public async Task Certificate_is_accepted_from_the_named_authority_alone()
    {
        await using var server = await RedisServer.StartAsync(new RedisServerOptions { HasTls = true, Password = "right" });
        await using (var store = Stores.Open(server, o => o with { CaFile = server.CaFile })) await store.SubmitAsync(Stores.Draft, default);
        (await FailureOf(server.Url, mayPass: false)).Should().Match<Failure>(f => f.Message.Contains("TLS with Redis") && f.Hint!.Contains("--redis-ca"));
    }

    [Fact]
    public async Task Authority_that_can_t_be_read()
    {
        await using var store = Stores.Open("rediss://127.0.0.1:1", o => o with { CaFile = "/nowhere/ca.pem" });
        (await FailureOf(store, mayPass: false)).Message.Should().StartWith("/nowhere/ca.pem can't be read");
    }

    private static async Task<Failure> FailureOf(string url, bool mayPass)
    {
        await using var store = Stores.Open(url);
        return await FailureOf(store, mayPass);
    }

    private static async Task<Failure> FailureOf(RedisTaskStore store, bool mayPass)
    {
        var thrown = (await store.Awaiting(s => s.SubmitAsync(Stores.Draft, default)).Should().ThrowAsync<TaskStoreException>()).Which;
        thrown.MayPass.Should().Be(mayPass);
        return thrown.Failure;
    }
}
