using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Queueing;

/// <summary>Fifty agents as real processes, some of which are killed or paused in the middle of a transfer.</summary>
public sealed class FiftyAgentsTests
{
    private const int Killed = 10;
    private const int Paused = 5;
    private const int Steady = 35;

    [AgentFact]
    public async Task Dead_and_paused_agents_keep_no_slot_and_all_others_finish_once()
    {
        await using var place = await AgentPlace.StartAsync(hosts: 1 + Killed + Paused + Steady);
        var hosts = place.Fleet.Hosts;
        string task = await place.SubmitAsync("-m", "16");
        var held = hosts.Skip(1).Take(Killed + Paused).Select(h => (Host: h, Agent: place.StartAgent(h, "--lease", "3s", "--command", place.Held))).ToList();
        foreach (var (_, agent) in held) await AgentPlace.UntilTellsAsync(agent, "pull_started");
        foreach (var (_, agent) in held.Take(Killed)) agent.Kill();
        foreach (var (_, agent) in held.Skip(Killed)) agent.Send(Signal.Stop);
        foreach (var (host, _) in held) AgentPlace.Release(host);

        var steady = hosts.Skip(1 + Killed + Paused).Select(h => (Host: h, Agent: place.StartAgent(h, "--lease", "3s"))).ToList();
        await place.UntilHasFileAsync([.. steady.Select(s => s.Host)]);
        await Wait.UntilAsync(async () => (await place.ViewAsync(task)).GetProperty("running").GetInt32() == 0, Patience.WithHeartbeats, () => "leases do not end");

        foreach (var (_, agent) in held.Skip(Killed)) agent.Send(Signal.Continue);
        await Wait.UntilAsync(async () => (await place.ViewAsync(task)).GetProperty("finished").GetInt32() == 1 + Paused + Steady, Patience.WithHeartbeats, () => "not all have finished");
        var view = await place.ViewAsync(task);
        view.GetProperty("hosts").EnumerateArray().Sum(h => h.GetProperty("serving").GetInt32()).Should().Be(0, "no slot stays taken");
        steady.Select(s => s.Agent.Output.Text.Split("\"pull_finished\"").Length - 1).Should().HaveCount(Steady).And.OnlyContain(n => n <= 1, "no host is served twice");
    }
}
