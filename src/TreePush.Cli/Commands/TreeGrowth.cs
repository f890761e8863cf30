using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary>Simulates a run in which all transfers succeed and take equally long, so that they begin in rounds.</summary>
internal static class TreeGrowth
{
    /// <summary>Much longer than anything else, so that only transfers count.</summary>
    private const double TransferSeconds = 1000;

    /// <param name="served">Targets that an earlier part of the run has served.</param>
    public static IReadOnlyList<GrowthRound> Rounds(RunRequest request, PushWork push, IReadOnlySet<HostName> served)
    {
        // The result of -m auto depends on the links; it begins with one transfer.
        var policy = new PushPolicy { Slots = push.Slots ?? 1, MaxTransfers = push.MaxTransfers };
        var plan = new PushPlan(request.Sources, request.Targets, policy) { Served = [.. served] };
        var network = new SimulatedNetwork
        {
            Bytes = TransferSeconds,
            Rate = double.PositiveInfinity,
            StreamRate = 1,
            Opening = TimeSpan.Zero,
            Login = TimeSpan.Zero,
        };
        var rounds = new List<List<(HostName Source, HostName Target)>>();
        void Note(PushInput input, RunStep<Core.Pushing.PushCommand> step, DateTimeOffset now)
        {
            foreach (var started in step.Events.OfType<TransferStarted>())
            {
                int round = (int)Math.Round((now - DateTimeOffset.UnixEpoch).TotalSeconds / TransferSeconds);
                while (rounds.Count <= round) rounds.Add([]);
                rounds[round].Add((started.Source, started.Target));
            }
        }

        new PushSimulation(plan, network) { Watch = Note }.Run();
        return [.. rounds.Select(r => new GrowthRound([.. r.GroupBy(t => t.Source, t => t.Target).Select(g => new GrowthBranch(g.Key, [.. g]))]))];
    }
}

/// <summary>The transfers that begin at the same time.</summary>
internal sealed record GrowthRound(IReadOnlyList<GrowthBranch> Branches)
{
    public int Served => Branches.Sum(b => b.Targets.Count);
}

/// <summary>The targets that one source serves in one round.</summary>
internal sealed record GrowthBranch(HostName Source, IReadOnlyList<HostName> Targets);
