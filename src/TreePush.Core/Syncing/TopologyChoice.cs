namespace TreePush.Core.Syncing;

/// <summary>
/// The cost of each topology. A source that feeds w chains sends everything w times; then the last piece goes down N/w links. In
/// a tree with w children everywhere, the last piece goes down log N levels, each of w sends. (Pipelined sync over a link of B
/// bytes per second: w·S/B + (N/w)·(c/B + L), w·S/B + log_w N·(w·c/B + L), with pieces of c bytes and a latency of L.)
/// </summary>
public static class TopologyChoice
{
    private const int WidestChains = 8;
    private const int WidestTree = 4;

    /// <summary>A wider topology must cost less than this part of a chain. If the rate is wrong, width costs far more than length.</summary>
    private const double Margin = 0.9;

    /// <param name="bytes">The most bytes that a host will receive.</param>
    /// <param name="hosts">The number of targets for each source.</param>
    /// <param name="rate">The rate of a link, in bytes per second.</param>
    /// <param name="latency">The seconds that each hop adds besides sending.</param>
    public static Topology Choose(long bytes, int hosts, double rate, double latency)
    {
        var best = new Topology(TopologyKind.Chain);
        double least = Margin * Cost(best, bytes, hosts, rate, latency);
        foreach (var topology in Wider())
        {
            double cost = Cost(topology, bytes, hosts, rate, latency);
            if (cost < least) (best, least) = (topology, cost);
        }

        return best;
    }

    /// <summary>Returns the seconds until the last host has everything.</summary>
    public static double Cost(Topology topology, long bytes, int hosts, double rate, double latency)
    {
        int width = topology.Width;
        double piece = PieceSize(bytes, hosts) / rate;
        double whole = width * (bytes / rate);
        return topology.Kind == TopologyKind.Tree
            ? whole + (Math.Log(Math.Max(2, hosts), Math.Max(2, width)) * ((width * piece) + latency))
            : whole + (Math.Ceiling((double)hosts / width) * (piece + latency));
    }

    /// <summary>Returns the piece size for this much content and this many hosts. It is small enough that a long chain fills quickly.</summary>
    public static double PieceSize(long bytes, int hosts) => Math.Clamp(0.05 * bytes / Math.Max(1, hosts), 16 << 10, 256 << 10);

    private static IEnumerable<Topology> Wider()
    {
        for (int width = 2; width <= WidestChains; width++) yield return new Topology(TopologyKind.Chain, width);
        for (int width = 2; width <= WidestTree; width++) yield return new Topology(TopologyKind.Tree, width);
    }
}
