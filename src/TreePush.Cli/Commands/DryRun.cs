using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Json;
using TreePush.Core.Hosts;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary><c>-n</c>: which source would serve which target. No host is contacted and nothing is written.</summary>
/// <param name="Targets">The targets that are left to serve.</param>
/// <param name="SkippedCount">Targets that are also sources, and so have the files.</param>
/// <param name="ServedBefore">Targets that an earlier part of the run has served.</param>
internal sealed record DryRun(RunRequest Request, PushWork Push, IReadOnlyList<Host> Targets, int SkippedCount, int ServedBefore, IReadOnlyList<GrowthRound> Rounds)
{
    /// <summary>The targets by zone, in the order of the list.</summary>
    public IReadOnlyList<(string Zone, IReadOnlyList<Host> Hosts)> Zones { get; } =
        [.. Targets.GroupBy(t => t.Placement.Zone).Select(g => (ZoneName.Of(g.First()), (IReadOnlyList<Host>)[.. g]))];

    /// <summary>The first target, its source, and the variables that the command would get; null if no target is left.</summary>
    public (Host Source, Host Target, IReadOnlyDictionary<string, string> Variables)? Example()
    {
        if (Targets.Count == 0) return null;
        var target = Targets[0];
        var branch = Rounds.SelectMany(r => r.Branches).First(b => b.Targets.Contains(target.Name));
        var source = Request.Sources.Concat(Request.Targets).First(h => h.Name == branch.Source);
        return (source, target, TransferVariables.Of(source, target));
    }

    /// <param name="served">Targets that an earlier part of the run has served.</param>
    public static int Show(RunRequest request, PushWork push, IReadOnlySet<HostName> served, bool json)
    {
        var dryRun = Of(request, push, served);
        if (json) Console.Out.WriteLine(DryRunJson.Write(dryRun));
        else foreach (string line in DryRunText.Lines(dryRun)) Console.Out.WriteLine(line);
        return ExitCode.Success;
    }

    public static DryRun Of(RunRequest request, PushWork push, IReadOnlySet<HostName> served)
    {
        var sources = request.Sources.Select(s => s.Name).ToHashSet();
        var left = request.Targets.Where(t => !sources.Contains(t.Name) && !served.Contains(t.Name)).ToList();
        int skipped = request.Targets.Count(t => sources.Contains(t.Name));
        return new DryRun(request, push, left, skipped, request.Targets.Count - left.Count - skipped, TreeGrowth.Rounds(request, push, served));
    }
}
