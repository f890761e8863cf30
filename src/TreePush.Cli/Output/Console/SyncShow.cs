using TreePush.Core.Hosts;
using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Console;

/// <summary>
/// The output of <c>show</c> for a sync: the counts, all hosts that receive or serve in the order of the chains, and the
/// hosts that wait.
/// </summary>
internal static class SyncShow
{
    /// <summary>The number of rows; nobody reads more.</summary>
    private const int MostRows = 200;

    public static IEnumerable<string> Lines(SyncTally tally)
    {
        var (have, needed) = tally.Bytes();
        yield return $"delivered {tally.SucceededCount}, failed {tally.Failed.Count}, left {tally.Left}; {Amounts.Size(have)} of {Amounts.Size(needed)}, {Amounts.Rate(tally.Rate)} in all";
        foreach (var line in SyncChain.Lines(tally, MostRows)) yield return line.Show(int.MaxValue, colours: false).TrimEnd();
        var placed = SyncPlace.All(tally).Select(p => p.Host.Name).ToHashSet();
        HostName[] waiting = [.. tally.Hosts.Values.Where(h => h.IsUnderWay && !placed.Contains(h.Name)).Select(h => h.Name)];
        if (waiting.Length > 0) yield return Summary.Named("ready, without a parent", waiting);
        if (tally.Opening > 0) yield return $"starting: {tally.Opening}";
    }
}
