using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Queueing;

/// <summary>How agents begin and end.</summary>
public sealed class AgentLifeTests
{
    [AgentFact]
    public async Task Agent_from_cron_leaves_another_one_at_work_alone()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 2);
        var host = place.Fleet.Hosts[1];
        await place.SubmitAsync();
        var first = place.StartAgent(host, "--once", "--command", place.Held);
        await AgentPlace.UntilTellsAsync(first, "pull_started");
        (await place.RunAgentAsync(host, "--once")).ShouldSucceed().Error.Should().Contain("is at work");
        (await place.RunAgentAsync(host)).ShouldFail(1, "another agent");
        AgentPlace.Release(host);
        (await first.WaitForExitAsync()).ShouldSucceed();
        AgentPlace.HasFile(host).Should().BeTrue();
    }

    [AgentFact]
    public async Task Agent_that_is_asked_to_end_leaves_nothing_running_and_no_slot_taken()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 3);
        var host = place.Fleet.Hosts[1];
        string task = await place.SubmitAsync();
        var agent = place.StartAgent(host, "--command", place.Held);
        await AgentPlace.UntilTellsAsync(agent, "pull_started");
        agent.Send(Signal.Terminate);
        (await agent.WaitForExitAsync()).ShouldSucceed();
        await Wait.UntilAsync(() => AgentPlace.Started(host).Count == 0, Patience.Usual, () => $"there still run {string.Join(", ", AgentPlace.Started(host))}");
        (await place.ViewAsync(task)).GetProperty("running").GetInt32().Should().Be(0);
        place.StartAgent(place.Fleet.Hosts[2]);
        await place.UntilHasFileAsync(place.Fleet.Hosts[2]);
    }

    [AgentFact]
    public async Task Interrupted_agent_ends_with_130()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 1);
        var agent = place.StartAgent(place.Fleet.Hosts[0]);
        await AgentPlace.UntilTellsAsync(agent, "agent_started");
        agent.Send(Signal.Interrupt);
        (await agent.WaitForExitAsync()).ShouldExit(130);
    }

    [AgentFact]
    public async Task Agent_from_cron_that_fails_says_so_by_its_exit_code()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 2);
        await place.SubmitAsync("-r", "0");
        var result = await place.RunAgentAsync(place.Fleet.Hosts[1], "--once", "--command", "echo no room on the disk >&2; exit 5");
        result.ShouldFail(3, "no room on the disk");
    }
}
