using TreePush.Core.Queueing;
using TreePush.Engine.Queueing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing.Redis;

public sealed class RedisClusterTests
{
    [RedisFact]
    public async Task Tasks_work_on_a_cluster_but_for_the_plain_one()
    {
        await using var cluster = await RedisCluster.StartAsync(replicas: 0);
        var warnings = new List<string>();
        await using var store = Stores.Open(cluster.Url, o => o with { Warn = warnings.Add });
        for (int i = 0; i < 5; i++)
        {
            var task = await store.SubmitAsync(Stores.Draft with { Path = $"/data/{i}" }, default);
            await store.OfferAsync(task.Id, "s", "east", default);
            var claim = (await store.ClaimAsync(task.Id, "a", "west", default)).Claim!;
            (await store.FinishAsync(task.Id, "a", claim.Token, default)).Should().BeTrue();
        }

        (await store.ListAsync(default)).Should().HaveCount(5).And.OnlyContain(t => t.Finished == 2);
        await (await cluster.MasterOfAsync("task")).AskAsync(["set", "task", "/data/x"]);
        (await store.PlainPathAsync(default)).Should().BeNull();
        (await store.AdoptAsync(Stores.Draft, default)).Should().BeNull();
        warnings.Should().ContainSingle().Which.Should().Contain("cluster");
    }

    [RedisFact]
    public async Task Wakes_reach_hosts_on_a_cluster()
    {
        await using var cluster = await RedisCluster.StartAsync(replicas: 0);
        await using var store = Stores.Open(cluster.Url);
        await using var other = Stores.Open(cluster.Url);
        var task = await store.SubmitAsync(Stores.Draft, default);
        await store.ClaimAsync(task.Id, "a", null, default);
        var woken = store.WaitAsync("a", TimeSpan.FromMinutes(2), default);
        await other.OfferAsync(task.Id, "s", null, default);
        await woken.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [RedisFact]
    public async Task Part_that_is_down_is_told_and_works_again_when_it_is_back()
    {
        await using var cluster = await RedisCluster.StartAsync(replicas: 0);
        await using var store = Stores.Open(cluster.Url, o => o with { CallTimeout = TimeSpan.FromSeconds(2) });
        var task = await store.SubmitAsync(Stores.Draft, default);
        var master = await cluster.MasterOfAsync($"{{treepush:{task.Id}}}:task");
        await master.KillAsync();
        var thrown = (await store.Awaiting(s => s.OfferAsync(task.Id, "s", null, default)).Should().ThrowAsync<TaskStoreException>()).Which;
        thrown.MayPass.Should().BeTrue();
        await master.StartAgainAsync();
        (await ReachedAsync(() => store.SubmitAsync(Stores.Draft, default))).Id.Should().Be(task.Id);
    }

    [RedisFact]
    public async Task Replica_takes_over_for_a_master_that_was_killed()
    {
        await using var cluster = await RedisCluster.StartAsync(replicas: 1);
        await using var store = Stores.Open(cluster.Url, o => o with { CallTimeout = TimeSpan.FromSeconds(2) });
        var task = await store.SubmitAsync(Stores.Draft, default);
        await store.OfferAsync(task.Id, "s", null, default);
        var master = await cluster.MasterOfAsync($"{{treepush:{task.Id}}}:task");
        await Wait.UntilAsync(() => master.Log.Contains("succeeded", StringComparison.Ordinal), TimeSpan.FromSeconds(30), () => master.Log);
        await master.KillAsync();
        var answer = await ReachedAsync(() => store.ClaimAsync(task.Id, "a", null, default));
        answer.Result.Should().BeOneOf(ClaimResult.Granted, ClaimResult.Held);
    }

    private static async Task<T> ReachedAsync<T>(Func<Task<T>> call)
        where T : class
    {
        for (int attempt = 0; attempt < 100; attempt++)
            if (await Trying.OnceAsync(call) is { } answer) return answer;
        return await call();
    }
}
