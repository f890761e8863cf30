using TreePush.Core.Broadcasting;
using TreePush.Core.Broadcasting.Simulation;
using TreePush.Core.Hosts;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Broadcasting;

/// <summary>A simulated broadcast whose every step was checked, and what came of it.</summary>
internal sealed record Broadcast(BroadcastResult Result, BroadcastReferee Referee)
{
    public static Broadcast Of(string sources, string targets, SimulatedFleet fleet, BroadcastPolicy? policy = null, bool looksForCycles = true) =>
        Of(new BroadcastPlan(Fleet.Hosts(sources), Fleet.Hosts(targets), policy ?? new BroadcastPolicy()), fleet, looksForCycles);

    public static Broadcast Of(BroadcastPlan plan, SimulatedFleet fleet, bool looksForCycles = true, params (TimeSpan, BroadcastInput)[] script)
    {
        var referee = new BroadcastReferee(plan) { LooksForCycles = looksForCycles };
        try
        {
            var result = new BroadcastSimulation(plan, fleet) { Watch = referee.Check, Script = script }.Run();
            referee.CheckEnd();
            return new Broadcast(result, referee);
        }
        catch (InvalidOperationException e)
        {
            string last = string.Join('\n', referee.Events.Where(x => x is not HostProgressed).TakeLast(30));
            throw new InvalidOperationException($"seed {fleet.Seed}: {e.Message}\n{last}", e);
        }
    }

    public IEnumerable<T> Told<T>() => Referee.Events.OfType<T>();

    public IEnumerable<T> Asked<T>() => Referee.Commands.OfType<T>();

    /// <summary>When a host had everything, in seconds.</summary>
    public double Time(string host) => Result.Delivered[new HostName(host)].TotalSeconds;

    /// <summary>When the last of all hosts but these had everything, in seconds.</summary>
    public double TimeOfAllBut(params string[] hosts) =>
        Result.Delivered.Where(d => !hosts.Contains(d.Key.Value)).Max(d => d.Value.TotalSeconds);

    public IEnumerable<string> MovedBack => Told<HostMovedBack>().Select(e => e.Host.Value);

    /// <summary>Fortunes by name of host.</summary>
    public static Func<Host, Fortune> Only(params (string Host, Fortune Fortune)[] fortunes)
    {
        var named = fortunes.ToDictionary(f => f.Host, f => f.Fortune);
        return host => named.GetValueOrDefault(host.Name.Value, Fortune.Fair);
    }
}
