using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Queueing;

/// <summary>A file is submitted, and agents bring it to their hosts.</summary>
public sealed class SubmitTests
{
    [AgentFact]
    public async Task Submit_that_waits_ends_when_eight_agents_have_the_file()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 9);
        foreach (var host in place.Fleet.Hosts.Skip(1)) place.StartAgent(host);
        var result = await place.Submit("--wait", "--min-success", "9", "--json").WaitForExitAsync();
        result.ShouldSucceed();
        result.Output.Should().Contain("task_submitted").And.Contain("task_concluded").And.Contain("\"finished\":9");
        place.Fleet.Hosts.Where(AgentPlace.HasFile).Should().HaveCount(9);
        var tasks = await place.TasksAsync();
        tasks.ShouldSucceed().Output.Should().Contain(place.File).And.Contain("open");
    }

    [AgentFact]
    public async Task Agent_that_comes_late_gets_the_file_from_any_host_that_has_it()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 3);
        string task = await place.SubmitAsync();
        place.StartAgent(place.Fleet.Hosts[1]);
        await place.UntilHasFileAsync(place.Fleet.Hosts[1]);
        place.StartAgent(place.Fleet.Hosts[2]);
        await place.UntilHasFileAsync(place.Fleet.Hosts[2]);
        await Wait.UntilAsync(async () => (await place.ViewAsync(task)).GetProperty("finished").GetInt32() == 3, Patience.Usual, () => "not all have finished");
        (await place.TasksAsync(task)).ShouldSucceed().Output.Should().Contain("3 of 3 hosts finished");
    }

    [AgentFact]
    public async Task Task_outside_of_the_roots_is_refused_by_the_agent()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 2);
        var host = place.Fleet.Hosts[1];
        Directory.CreateDirectory(Path.Combine(host.DataDirectory, "sub"));
        var agent = place.StartAgent(host, "--root", $"{place.Fleet.DataPath}/sub");
        await place.SubmitAsync();
        await AgentPlace.UntilTellsAsync(agent, "task_refused");
        agent.Error.Text.Should().Contain("root");
        AgentPlace.HasFile(host).Should().BeFalse();
    }

    [AgentFact]
    public async Task Cancelled_task_ends_running_transfers_and_the_waiting_submit()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 2);
        var host = place.Fleet.Hosts[1];
        var agent = place.StartAgent(host, "--command", place.Held);
        var submit = place.Submit("--wait");
        await AgentPlace.UntilTellsAsync(agent, "pull_started");
        string task = await place.SubmitAsync(); // The same one: submitting it after the cancellation would open it again.
        (await place.TasksAsync("cancel", task)).ShouldSucceed();
        (await submit.WaitForExitAsync()).ShouldExit(3);
        await Wait.UntilAsync(() => AgentPlace.Started(host).Count == 0, Patience.WithHeartbeats, () => "the command still runs");
        (await place.TasksAsync(task)).ShouldSucceed().Output.Should().Contain("cancelled");
        (await place.TasksAsync("cancel", task)).ShouldFail(3, "there is no open task");
    }

    [AgentFact]
    public async Task Directory_is_refused_with_a_hint()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 1);
        var result = await place.Fleet.Hosts[0].RunAsync(Workplace.Program, ["submit", place.Fleet.DataPath, "--name", "a", "--redis", place.Redis.Url]);
        result.ShouldFail(2, "is a directory", "archive");
    }
}
