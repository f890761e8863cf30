using System.Globalization;
using TreePush.Core.Broadcasting;

namespace TreePush.Cli.Output.Console;

/// <summary>One picture of a sync's live view: progress in bytes, counts, the chains as they stand, the line to type on.</summary>
internal static class SyncFrame
{
    /// <summary>Lines that are not hosts.</summary>
    private const int OtherLines = 5;

    private const int MostRows = 16;

    /// <param name="width">The terminal's width and height in characters.</param>
    public static List<Line> Of(SyncTally tally, string typed, DateTimeOffset now, int width, int height)
    {
        int room = Math.Clamp(height - OtherLines, 1, MostRows);
        List<Line> lines = [Progress(tally, now, width - 1), Counts(tally), .. Folded(SyncPlace.All(tally), room, tally.TypicalRate)];
        lines.Add(new Line().Dim("> ").Plain(typed).Dim(typed.Length == 0 ? "help, show, quit" : "▏"));
        return lines;
    }

    private static Line Progress(SyncTally tally, DateTimeOffset now, int width)
    {
        var (have, needed) = tally.Bytes();
        int ended = tally.SucceededCount + tally.Failed.Count, targets = Math.Max(1, tally.Targets);
        double share = needed > 0 ? have / needed : (double)ended / targets;
        // All bytes may be there and the last rename not: only the end is 100 %.
        if (ended < tally.Targets) share = Math.Min(share, 0.99);
        var elapsed = tally.Started is { } started ? now - started : TimeSpan.Zero;
        string rest = tally.Estimate() is { } left ? $", about {Durations.Show(left)} left" : "";
        string bytes = needed > 0 ? $" {Amounts.Size(have)}/{Amounts.Size(needed)} " : "";
        string right = Text($"{bytes} {Math.Floor(share * 100)} %  {Durations.Show(elapsed)}{rest}");
        int bar = Math.Clamp(width - right.Length, 4, 60);
        int failed = tally.Failed.Count == 0 ? 0 : Math.Clamp(bar * tally.Failed.Count / targets, 1, bar);
        int done = (int)((bar - failed) * share);
        return new Line().Good(new string('━', done)).Dim(new string('─', bar - failed - done)).Bad(new string('━', failed)).Plain(right);
    }

    private static Line Counts(SyncTally tally)
    {
        int underWay = tally.Hosts.Values.Count(h => h.IsUnderWay), slow = tally.Hosts.Values.Count(h => h.IsUnderWay && h.MovedBack is not null);
        string verb = tally.IsDryRun ? "asked" : "delivered";
        var line = new Line().Plain(Text($"{tally.SucceededCount}/{tally.Targets} {verb}, {underWay} under way"));
        if (tally.Opening > 0) line.Plain(Text($", {tally.Opening} being started"));
        if (tally.Rate > 0) line.Plain($"  {Amounts.Rate(tally.Rate)} in all");
        if (tally.Topology.Kind != TopologyKind.Auto) line.Dim("  " + SyncLines.Shape(tally.Topology));
        if (slow > 0) line.Warn(Text($"  {slow} slow"));
        if (tally.Failed.Count > 0) line.Bad(Text($"  {tally.Failed.Count} failed"));
        if (tally.Stopping is { } stopping) line.Warn(stopping.Kill ? "  ending" : "  stopping; ^C or quit ends what runs");
        return line;
    }

    /// <summary>The hosts in order, as many as there is room for: the first and the last of the chains and those that are odd; the others are counted where they stand.</summary>
    private static List<Line> Folded(IReadOnlyList<SyncPlace> places, int room, double? typical)
    {
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
        var odd = Enumerable.Range(0, places.Count).Where(i => SyncRow.IsSlow(places[i].Host, typical) || places[i].Host.ServesNoMore is not null).Take(kept / 3);
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
        return new Line().Dim(Text($"    ⋮ {hosts.Count} more, {Math.Floor(shares.Min() * 100)}-{Math.Floor(shares.Max() * 100)} %{rate}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
