using TreePush.Core.Runs.Simulation;

namespace TreePush.Core.Queueing.Simulation;

/// <summary>
/// Many agents over one <see cref="ClaimTable"/> in simulated time. A bystander counts what they are granted, and throws at the first step that breaks
/// a rule.
/// </summary>
public sealed class QueueSimulation
{
    private const string Origin = "origin";
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15), LateBy = TimeSpan.FromMinutes(10);

    private readonly QueueScenario _scenario;
    private readonly Random _random;
    private readonly SimulationQueue _queue = new();
    private readonly ClaimTable _table;
    private readonly Dictionary<string, SimulatedAgent> _agents = [];
    private DateTimeOffset _last;
    private int _stale;

    public QueueSimulation(QueueScenario scenario)
    {
        (_scenario, _random) = (scenario, new Random(scenario.Seed));
        _table = new ClaimTable(new TaskSpec("id", "/data/f", 1, "00", scenario.Slots, scenario.MaxAttempts, SimulationQueue.Epoch));
        for (int i = 0; i < scenario.Agents; i++) _agents.Add($"h{i}", new SimulatedAgent($"h{i}", $"z{i % scenario.Zones}"));
    }

    /// <summary>Runs until nothing is left to happen. An agent that waits goes on looking by itself, so that it ends only when each has finished or died.</summary>
    /// <exception cref="InvalidOperationException">A rule was broken, or agents wait for ever.</exception>
    public QueueResult Run()
    {
        foreach (var agent in _agents.Values) Plan(agent, Chance(_scenario.Late) ? LateBy * _random.NextDouble() : _scenario.Latency, () => Ask(agent));
        _agents.Add(Origin, new SimulatedAgent(Origin, "z0") { HasFinished = true });
        Call(() => _table.Offer(Origin, "z0", _queue.Now));
        while (_queue.Next())
            if (_queue.Now > SimulationQueue.Epoch + TimeSpan.FromDays(1)) throw new InvalidOperationException("Agents wait for ever.");
        var died = _agents.Values.Where(a => a.IsDead).Select(a => a.Name).ToList();
        var end = _queue.Now + (_scenario.Lease * 2);
        var view = _table.View(end);
        for (int i = 0; i < _agents.Count / ClaimRules.MaxExpired; i++) view = _table.View(end);
        return new QueueResult(_last - SimulationQueue.Epoch, died, _stale, _table.Waiters, view);
    }

    private void Ask(SimulatedAgent agent)
    {
        var answer = Call(() => _table.Claim(agent.Name, agent.Zone, _scenario.Lease, _queue.Now));
        switch (answer.Result)
        {
            case ClaimResult.Granted: Begin(agent, answer.Claim!); break;
            case ClaimResult.Waiting: Wait(agent, _scenario.Poll); break;
            case ClaimResult.Later or ClaimResult.Held: Wait(agent, answer.NotBefore!.Value - _queue.Now); break;
            case ClaimResult.Suspected: Call(() => _table.Offer(agent.Name, agent.Zone, _queue.Now)); break;
        }
    }

    private void Begin(SimulatedAgent agent, Claim claim)
    {
        var source = _agents[claim.Source];
        if (agent.HasFinished) throw new InvalidOperationException($"{agent.Name} is served twice.");
        if (source is { HasFinished: false } || source == agent) throw new InvalidOperationException($"{source.Name} has nothing to serve.");
        source.Leases[agent.Name] = _queue.Now + _scenario.Lease;
        if (source.Leases.Values.Count(end => end > _queue.Now) > _scenario.Slots) throw new InvalidOperationException($"{source.Name} has more leases than slots.");
        var fate = FateAt(source);
        Work(agent, claim, fate == AgentFate.Silence ? Silence : _scenario.Transfer * (0.5 + _random.NextDouble()), fate);
    }

    private AgentFate FateAt(SimulatedAgent source) =>
        source.IsDead ? AgentFate.Silence
        : Chance(_scenario.Deaths) ? AgentFate.Death
        : Chance(_scenario.Pauses) ? AgentFate.Pause
        : Chance(_scenario.Failures) ? AgentFate.Failure
        : AgentFate.Success;

    /// <summary>Pulls, and renews the lease every third of it.</summary>
    private void Work(SimulatedAgent agent, Claim claim, TimeSpan left, AgentFate fate)
    {
        var step = left < _scenario.Lease / 3 ? left : _scenario.Lease / 3;
        Plan(agent, step, () =>
        {
            if (fate == AgentFate.Death) agent.IsDead = true;
            else if (fate == AgentFate.Pause) Plan(agent, _scenario.Lease * (1 + _random.NextDouble()), () => Return(agent, claim));
            else if (left == step) End(agent, claim, fate);
            else if (!Call(() => _table.Renew(agent.Name, claim.Token, _scenario.Lease, _queue.Now))) throw new InvalidOperationException($"{agent.Name} lost a lease that it renewed.");
            else
            {
                _agents[claim.Source].Leases[agent.Name] = _queue.Now + _scenario.Lease;
                Work(agent, claim, left - step, fate);
            }
        });
    }

    private void End(SimulatedAgent agent, Claim claim, AgentFate fate)
    {
        _agents[claim.Source].Leases.Remove(agent.Name);
        bool stands = fate switch
        {
            AgentFate.Silence => Call(() => _table.Fail(agent.Name, claim.Token, "no answer", FaultOf.Source, _queue.Now)),
            AgentFate.Failure => Call(() => _table.Fail(agent.Name, claim.Token, "failed", FaultOf.Unknown, _queue.Now)),
            _ => Finish(agent, claim),
        };
        if (!stands) throw new InvalidOperationException($"{agent.Name} lost a lease that it renewed.");
        Plan(agent, _scenario.Latency, () => Ask(agent));
    }

    private bool Finish(SimulatedAgent agent, Claim claim)
    {
        agent.HasFinished = true;
        _last = _queue.Now;
        if (Chance(_scenario.Deaths)) _queue.After(_scenario.Transfer * _random.NextDouble(), () => agent.IsDead = true);
        return Call(() => _table.Finish(agent.Name, claim.Token, _queue.Now));
    }

    /// <summary>A halted agent goes on as if nothing had been.</summary>
    private void Return(SimulatedAgent agent, Claim claim)
    {
        if (Call(() => _table.Finish(agent.Name, claim.Token, _queue.Now))) throw new InvalidOperationException($"{agent.Name} finished what was no longer its own.");
        _stale++;
        Ask(agent);
    }

    private void Wait(SimulatedAgent agent, TimeSpan most)
    {
        agent.IsWaiting = true;
        Plan(agent, most < _scenario.Poll ? most : _scenario.Poll, () => Ask(agent));
    }

    private T Call<T>(Func<T> call)
    {
        var answer = call();
        foreach (string name in _table.TakeWoken())
        {
            if (_agents[name] is { IsDead: false } agent && (agent.IsWaiting || agent.HasFinished)) Plan(agent, _scenario.Latency, () => Ask(agent));
        }

        return answer;
    }

    private void Call(Action call) => Call(() =>
    {
        call();
        return true;
    });

    /// <summary>Says what an agent does next, in place of what it was about to do.</summary>
    private void Plan(SimulatedAgent agent, TimeSpan delay, Action action)
    {
        int plan = ++agent.Plan;
        _queue.After(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, () =>
        {
            if (agent.IsDead || agent.Plan != plan) return;
            agent.IsWaiting = false;
            action();
        });
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;
}
