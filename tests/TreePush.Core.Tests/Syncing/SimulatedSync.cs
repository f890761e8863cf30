using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Syncing;

/// <summary>A simulated sync whose every step was checked, and what came of it.</summary>
internal sealed record SimulatedSync(SyncResult Result, SyncInvariantChecker InvariantChecker)
{
    public static SimulatedSync Of(string sources, string targets, SimulatedFleet fleet, SyncPolicy? policy = null, bool looksForCycles = true) =>
        Of(new SyncPlan(Fleet.Hosts(sources), Fleet.Hosts(targets), policy ?? new SyncPolicy()), fleet, looksForCycles);

    public static SimulatedSync Of(SyncPlan plan, SimulatedFleet fleet, bool looksForCycles = true, params (TimeSpan, SyncInput)[] script)
    {
        var invariants = new SyncInvariantChecker(plan) { LooksForCycles = looksForCycles };
        try
        {
            var result = new SyncSimulation(plan, fleet) { Watch = invariants.Check, Script = script }.Run();
            invariants.CheckEnd();
            return new SimulatedSync(result, invariants);
        }
        catch (InvalidOperationException e)
        {
            string last = string.Join('\n', invariants.Events.Where(x => x is not HostProgressed).TakeLast(30));
            throw new InvalidOperationException($"seed {fleet.Seed}: {e.Message}\n{last}", e);
        }
    }

    public IEnumerable<T> Emitted<T>() => InvariantChecker.Events.OfType<T>();

    public IEnumerable<T> Issued<T>() => InvariantChecker.Commands.OfType<T>();

    /// <summary>When a host had everything, in seconds.</summary>
    public double Time(string host) => Result.Delivered[new HostName(host)].TotalSeconds;

    /// <summary>When the last of all hosts but these had everything, in seconds.</summary>
    public double TimeOfAllBut(params string[] hosts) =>
        Result.Delivered.Where(d => !hosts.Contains(d.Key.Value)).Max(d => d.Value.TotalSeconds);

    public IEnumerable<string> Demoted => Emitted<HostDemoted>().Select(e => e.Host.Value);

    /// <summary>Profiles by name of host.</summary>
    public static Func<Host, HostProfile> Only(params (string Host, HostProfile Profile)[] profiles)
    {
        var named = profiles.ToDictionary(f => f.Host, f => f.Profile);
        return host => named.GetValueOrDefault(host.Name.Value, HostProfile.Fair);
    }
}
