namespace TreePush.Core.Syncing.Stragglers;

/// <summary>What hosts have shown that they can receive: how fast is usual. Kept in steps of an eighth of an octave, so that the median costs next to nothing.</summary>
/// <param name="most">What counts at most, in bytes a second: hosts that may send no more have shown what is possible.</param>
internal sealed class RateBook(double most = double.PositiveInfinity)
{
    private const double StepsInOctave = 8;

    private readonly SortedDictionary<int, int> _hostsAt = [];

    /// <summary>How many hosts have shown anything.</summary>
    public int Hosts { get; private set; }

    /// <summary>The most that a host has received from one report to the next, in bytes a second: nothing that was saved up lasts so long.</summary>
    public double Sustained { get; private set; }

    public void NoteSustained(double rate) => Sustained = Math.Max(Sustained, rate);

    /// <summary>Files a host's rate, in bytes a second.</summary>
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

    /// <summary>The rate that half of the hosts have shown, as far as any has kept it up.</summary>
    public double? Likely => Median is { } median ? Math.Min(median, Sustained) : null;

    /// <summary>The rate that half of the hosts have shown, in bytes a second; null before any has.</summary>
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
