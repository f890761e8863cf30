using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Console;

/// <summary>The current chains of a sync, folded into as many lines as there is room for.</summary>
internal static class SyncChain
{
    /// <summary>
    /// The hosts in order, as many as there is room for: the first and last of the chains, and slow or excluded hosts.
    /// The others are counted at their place.
    /// </summary>
    public static IReadOnlyList<Line> Lines(SyncTally tally, int room)
    {
        var places = SyncPlace.All(tally);
        double? typical = tally.TypicalRate;
        for (int kept = room; kept > 0; kept--)
        {
            var chosen = Chosen(places, kept, typical);
            var lines = Lines(places, chosen, typical);
            if (lines.Count <= room) return lines;
        }

        return [];
    }

    private static SortedSet<int> Chosen(IReadOnlyList<SyncPlace> places, int kept, double? typical)
    {
        if (places.Count <= kept) return [.. Enumerable.Range(0, places.Count)];
        var odd = Enumerable.Range(0, places.Count).Where(i => SyncRow.IsSlow(places[i].Host, typical) || places[i].Host.ExcludedBecause is not null).Take(kept / 3);
        SortedSet<int> chosen = [.. odd];
        for (int i = 0; chosen.Count < kept; i++) chosen.Add(i % 3 == 2 ? places.Count - 1 - (i / 3) : (i / 3 * 2) + (i % 3));
        return chosen;
    }

    private static List<Line> Lines(IReadOnlyList<SyncPlace> places, SortedSet<int> chosen, double? typical)
    {
        int width = SyncRow.NameWidth(chosen.Select(i => places[i]));
        var lines = new List<Line>();
        int next = 0;
        foreach (int at in chosen.Append(places.Count))
        {
            if (at > next) lines.Add(Gap([.. places.Skip(next).Take(at - next).Select(p => p.Host)]));
            if (at < places.Count) lines.Add(SyncRow.Of(places[at], width, typical));
            next = at + 1;
        }

        return lines;
    }

    private static Line Gap(IReadOnlyList<SyncHost> hosts)
    {
        double[] shares = [.. hosts.Select(h => h.Share ?? 0)];
        double[] rates = [.. hosts.Where(h => h.Rate > 0).Select(h => h.Rate!.Value).Order()];
        string rate = rates.Length > 0 ? $", {Amounts.Rate(rates[rates.Length / 2])}" : "";
        return new Line().Dim($"    ⋮ {hosts.Count} more, {Math.Floor(shares.Min() * 100)}-{Math.Floor(shares.Max() * 100)} %{rate}");
    }
}
