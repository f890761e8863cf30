using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Runs;

namespace TreePush.Cli.Commands.Planning;

/// <summary>The simulated result of a push.</summary>
/// <param name="Slots">The <c>-m</c> of the forecast; null for auto.</param>
/// <param name="HalfServed">The time until half of all hosts were served; null if that never happened.</param>
/// <param name="NineTenthsServed">The same for nine tenths of all hosts.</param>
internal sealed record Forecast(int? Slots, SimulationResult Result, TimeSpan? HalfServed, TimeSpan? NineTenthsServed)
{
    /// <summary>The numbers of slots to compare with the chosen one.</summary>
    private static readonly int?[] Compared = [1, 2, 4, 8, null];

    public string SlotsText => ShowSlots(Slots);

    public static string ShowSlots(int? slots) => slots?.ToString() ?? "auto";

    /// <summary>
    /// Forecasts for the chosen number of slots and for the compared ones; auto is last. Equal settings give equal
    /// forecasts.
    /// </summary>
    /// <param name="onlyChosen">Omit the compared numbers.</param>
    public static IReadOnlyList<Forecast> All(PlanSettings settings, ImaginedFleet fleet, bool onlyChosen)
    {
        int?[] others = onlyChosen ? [] : Compared;
        int?[] wanted = [.. others.Append(settings.Slots).Distinct().OrderBy(s => s ?? int.MaxValue)];
        var forecasts = new Forecast[wanted.Length];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) };
        Parallel.For(0, wanted.Length, limit, i => forecasts[i] = Of(settings, fleet, wanted[i]));
        return forecasts;
    }

    /// <summary>The forecast that serves the most hosts; among equals, the fastest.</summary>
    public static Forecast Best(IEnumerable<Forecast> forecasts) =>
        forecasts.OrderByDescending(f => f.Result.Succeeded).ThenBy(f => f.Result.Duration).First();

    private static Forecast Of(PlanSettings settings, ImaginedFleet fleet, int? slots)
    {
        var policy = new PushPolicy { Slots = slots, Retries = settings.Retries, MaxTransfers = settings.MaxTransfers };
        int hosts = fleet.Targets.Count, served = 0;
        DateTimeOffset? start = null;
        TimeSpan? half = null, nineTenths = null;
        void Count(PushInput input, RunStep<Core.Pushing.PushCommand> step, DateTimeOffset now)
        {
            start ??= now;
            if (input is not PushInput.TransferEnded { Failure: null }) return;
            served++;
            if (served == (hosts + 1) / 2) half = now - start;
            if (served == (int)Math.Ceiling(hosts * 0.9)) nineTenths = now - start;
        }

        var simulation = new PushSimulation(new PushPlan([fleet.Source], fleet.Targets, policy), settings.Network) { Watch = Count };
        return new Forecast(slots, simulation.Run(), half, nineTenths);
    }
}
