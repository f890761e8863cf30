namespace TreePush.Core.Syncing.Stragglers;

/// <summary>
/// The rates that hosts have shown, for the usual rate. They are counted in steps of an eighth of an octave, so the median costs
/// next to nothing.
/// </summary>
/// <param name="most">
/// The rate above which differences do not count, in bytes per second: hosts that may send no more than this have shown all that
/// is possible.
/// </param>
internal sealed class RateBook(double most = double.PositiveInfinity)
{
    private const double StepsInOctave = 8;

    private readonly SortedDictionary<int, int> _hostsAt = [];

    /// <summary>The number of hosts with a known rate.</summary>
    public int Hosts { get; private set; }

    /// <summary>The highest rate of any host between two reports, in bytes per second. Rate saved up by a shaper does not last that long.</summary>
    public double Sustained { get; private set; }

    public void NoteSustained(double rate) => Sustained = Math.Max(Sustained, rate);

    /// <summary>Records a host's rate, in bytes per second.</summary>
    public void Note(Node node, double rate)
    {
        if (rate < 1) return;
        if (node.RateStep is { } old)
        {
            if (--_hostsAt[old] == 0) _hostsAt.Remove(old);
            Hosts--;
        }

        int step = (int)Math.Round(Math.Log2(Math.Min(rate, most)) * StepsInOctave);
        node.RateStep = step;
        _hostsAt[step] = _hostsAt.GetValueOrDefault(step) + 1;
        Hosts++;
    }

    /// <summary>The median rate, but no more than any host has sustained.</summary>
    public double? Likely => Median is { } median ? Math.Min(median, Sustained) : null;

    /// <summary>The median of the hosts' rates, in bytes per second; null if there are none.</summary>
    public double? Median
    {
        get
        {
            int left = (Hosts + 1) / 2;
            foreach (var (step, hosts) in _hostsAt)
                if ((left -= hosts) <= 0) return Math.Pow(2, step / StepsInOctave);
            return null;
        }
    }
}
