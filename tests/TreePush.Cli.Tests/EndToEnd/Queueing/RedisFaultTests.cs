using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Queueing;

/// <summary>Redis is away, or lets nobody in.</summary>
public sealed class RedisFaultTests
{
    [AgentFact]
    public async Task Transfer_goes_on_while_redis_is_stopped_and_is_reported_afterwards()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 2, new RedisServerOptions { KeepsData = true });
        var host = place.Fleet.Hosts[1];
        var agent = place.StartAgent(host, "--command", place.Held);
        var submit = place.Submit("--wait", "--min-success", "2");
        await AgentPlace.UntilTellsAsync(agent, "pull_started");
        await place.Redis.StopAsync();
        await AgentPlace.UntilTellsAsync(agent, "store_lost");
        AgentPlace.Release(host);
        await place.UntilHasFileAsync(host);
        await place.Redis.StartAgainAsync();
        (await submit.WaitForExitAsync()).ShouldSucceed();
        agent.Output.Text.Should().Contain("store_back");
        agent.Error.Text.Should().Contain("Redis can't be used").And.Contain("Redis can be used again");
    }

    [AgentFact]
    public async Task Wrong_password_is_told_by_submit_and_agent()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 1, new RedisServerOptions { Password = "right" });
        var host = place.Fleet.Hosts[0];
        string url = place.Redis.Url.Replace("right", "wrong-one", StringComparison.Ordinal);
        var submit = await host.RunAsync(Workplace.Program, ["submit", place.File, "--name", "a", "--redis", url]);
        submit.ShouldFail(1, "password", "warning: --redis");
        await using var agent = host.Start(Workplace.Program, ["agent", "--name", "a", "--state", host.StateDirectory, "--root", place.Fleet.DataPath], new ProgramOptions { Environment = new Dictionary<string, string?> { ["TREEPUSH_REDIS"] = url } });
        await Wait.UntilAsync(() => agent.Error.Text.Contains("password", StringComparison.Ordinal), Patience.Usual, () => agent.Error.Text);
        (submit.Error + agent.Error.Text).Should().NotContain("wrong-one");
    }

    [AgentFact]
    public async Task Submit_without_redis_ends_with_1()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 1);
        await place.Redis.StopAsync();
        (await place.Submit().WaitForExitAsync()).ShouldFail(1, "hint:");
    }

    [AgentFact]
    public async Task Submit_that_waits_submits_again_what_redis_has_lost()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 2);
        var submit = place.Submit("--wait", "--min-success", "2", "--json");
        await AgentPlace.UntilTellsAsync(submit, "host_finished");
        await place.Redis.StopAsync();
        await place.Redis.StartEmptyAsync();
        place.StartAgent(place.Fleet.Hosts[1]);
        (await submit.WaitForExitAsync()).ShouldSucceed();
    }
}
