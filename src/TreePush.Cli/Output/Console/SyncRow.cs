using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Console;

/// <summary>One host of a sync in one line: its place in the chain, progress, rate and state.</summary>
internal static class SyncRow
{
    private const int LongestName = 40;

    /// <summary>
    /// A host is slow if its parent has this many bytes waiting for it, and its rate is below half of the typical rate.
    /// </summary>
    private const long MuchBacklog = 4 << 20;

    /// <summary>The width of the column with the names.</summary>
    public static int NameWidth(IEnumerable<SyncPlace> places) => places.Select(p => Name(p).Length).DefaultIfEmpty(0).Max();

    public static Line Of(SyncPlace place, int nameWidth, double? typical)
    {
        var host = place.Host;
        var line = new Line().Plain(Name(place).PadRight(nameWidth));
        line.Plain(host.Share is { } share ? $"  {Math.Floor(share * 100),3:0} %" : "       ");
        line.Dim(host.Rate is { } rate ? "  " + Amounts.Rate(rate).PadLeft(11) : new string(' ', 13));
        if (host.IsSource) line.Dim("  source");
        else if (host.Delivered is not null) line.Good("  delivered");
        else if (host.Failure is not null) line.Bad("  failed");
        if (host.IsUnderWay && host.Route == Route.ThroughController) line.Dim("  through the controller");
        if (IsSlow(host, typical)) line.Warn(host.Demoted is null ? "  slow" : "  slow, demoted");
        if (host.ExcludedBecause is not null) line.Warn("  excluded");
        return line;
    }

    /// <summary>Whether the host was demoted, or looks slow: its parent has much data waiting for it.</summary>
    public static bool IsSlow(SyncHost host, double? typical) => host.IsUnderWay
        && (host.Demoted is not null || (host.Rate < typical / 2 && host.Backlog >= MuchBacklog));

    private static string Name(SyncPlace place)
    {
        string name = place.Host.Name.Value;
        string arrow = place.Host.Parent is null ? "" : "→ ";
        return new string(' ', 2 + (2 * Math.Min(place.Depth, 10))) + arrow + (name.Length > LongestName ? name[..(LongestName - 1)] + "…" : name);
    }
}
