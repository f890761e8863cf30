using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Queueing;

/// <summary>The article that describes the original, step by step: a person sets a key by redis-cli, and looks at the sets.</summary>
public sealed class ArticleTests
{
    [AgentFact]
    public async Task Setting_the_key_starts_a_task_whose_sets_read_as_the_original_documents_them()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 3);
        var (master, minions) = (place.Fleet.Hosts[0], place.Fleet.Hosts.Skip(1).ToList());
        foreach (var minion in minions) place.StartAgent(minion, "--command", place.Held);
        place.StartAgent(master, "--serve", place.Fleet.DataPath);

        (await place.Redis.AskAsync(["set", "task", place.File])).Should().Be("OK");

        // The master has found the task; one minion pulls from it, so it has no free slot.
        await UntilAsync(place, "running_queue", 1);
        (await place.Redis.AskAsync(["get", "lookup"])).Should().Be("1");
        (await place.SetAsync("synchronize_queue")).Should().BeEmpty();
        (await place.SetAsync("finished_queue")).Should().Equal(master.Name);
        string running = (await place.SetAsync("running_queue")).Single();
        var first = minions.Single(m => m.Name == running);

        // It is done: both serve now, and the other minion pulls from one of them.
        AgentPlace.Release(first);
        await UntilAsync(place, "finished_queue", 2);
        await UntilAsync(place, "running_queue", 1);
        (await place.SetAsync("finished_queue")).Should().BeEquivalentTo(master.Name, first.Name);
        (await place.SetAsync("synchronize_queue")).Should().ContainSingle();

        // All have it: mission complete, and the keys are cleaned up.
        foreach (var minion in minions) AgentPlace.Release(minion);
        await place.UntilHasFileAsync([.. minions]);
        string[] keys = ["task", "lookup", "synchronize_queue", "running_queue", "finished_queue"];
        await Wait.UntilAsync(async () => await place.Redis.AskAsync(["exists", .. keys]) == "0", Patience.WithHeartbeats, () => "the keys are still there");
        (await place.TasksAsync()).ShouldSucceed().Output.Should().Contain(place.File).And.Contain("ended");
    }

    private static Task UntilAsync(AgentPlace place, string set, int members) =>
        Wait.UntilAsync(async () => (await place.SetAsync(set)).Length == members, Patience.WithHeartbeats, () => $"{set} has not {members} members");
}
