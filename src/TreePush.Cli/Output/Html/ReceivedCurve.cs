namespace TreePush.Cli.Output.Html;

/// <summary>What all hosts together have received, over time: few points however long the run and many the hosts.</summary>
internal sealed class ReceivedCurve
{
    private const int MostPoints = 600;

    private readonly Dictionary<int, long> _ofHosts = [];
    private readonly List<ReportAmount> _points = [];
    private double _between = 0.05;
    private long _sum;

    /// <param name="at">Seconds since the run began; it never runs backwards.</param>
    /// <param name="received">What this host has received, counted from its relay's start.</param>
    public void Add(double at, int host, long received)
    {
        // A relay that was started anew counts anew, and has received what it had before all the same.
        long before = _ofHosts.GetValueOrDefault(host);
        _sum += received >= before ? received - before : received;
        _ofHosts[host] = received;
        if (_points.Count > 0 && at - _points[^1].At < _between) _points[^1] = _points[^1] with { Bytes = _sum };
        else _points.Add(new ReportAmount(at, _sum));
        if (_points.Count > MostPoints) Thin();
    }

    public IReadOnlyList<ReportAmount> Points() => _points;

    private void Thin()
    {
        _between *= 2;
        for (int i = _points.Count - 2; i > 0; i -= 2) _points.RemoveAt(i);
    }
}
