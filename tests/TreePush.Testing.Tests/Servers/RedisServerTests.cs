namespace TreePush.Testing.Tests;

public sealed class RedisServerTests
{
    [RedisFact]
    public async Task What_it_keeps_is_there_after_a_restart()
    {
        await using var server = await RedisServer.StartAsync(new RedisServerOptions { KeepsData = true, Password = "it's $ecret" });
        await server.AskAsync(["set", "a", "1"]);
        await server.KillAsync();
        await server.StartAgainAsync();
        (await server.AskAsync(["get", "a"])).Should().Be("1");
        await server.StopAsync();
        await server.StartEmptyAsync();
        (await server.AskAsync(["get", "a"])).Should().BeEmpty();
    }

    [RedisFact]
    public async Task Replica_copies_its_master_and_can_be_promoted()
    {
        await using var master = await RedisServer.StartAsync(new RedisServerOptions { Password = "secret" });
        await master.AskAsync(["set", "a", "1"]);
        await using var replica = await RedisServer.StartAsync(new RedisServerOptions { ReplicaOf = master });
        (await replica.AskAsync(["set", "b", "1"])).Should().StartWith("READONLY");
        await Wait.UntilAsync(() => replica.Log.Contains("MASTER <-> REPLICA sync: Finished", StringComparison.Ordinal), TimeSpan.FromSeconds(20), () => replica.Log);
        await master.KillAsync();
        await replica.PromoteAsync();
        (await replica.AskAsync(["get", "a"])).Should().Be("1");
        (await replica.AskAsync(["set", "b", "1"])).Should().Be("OK");
    }

    [RedisFact]
    public async Task Server_with_tls_has_a_certificate_of_its_own_authority()
    {
        await using var server = await RedisServer.StartAsync(new RedisServerOptions { HasTls = true });
        (await server.AskAsync(["ping"])).Should().Be("PONG");
    }

    [RedisFact]
    public async Task Cluster_has_a_master_for_every_key()
    {
        await using var cluster = await RedisCluster.StartAsync(replicas: 0);
        var master = await cluster.MasterOfAsync("a");
        (await master.AskAsync(["set", "a", "1"])).Should().Be("OK");
    }

    [RedisFact]
    public async Task Paused_server_goes_on_where_it_was()
    {
        await using var server = await RedisServer.StartAsync();
        server.Pause();
        var answer = server.AskAsync(["ping"]);
        answer.IsCompleted.Should().BeFalse();
        server.Resume();
        (await answer).Should().Be("PONG");
    }
}
