namespace TreePush.Cli.Output.Html;

/// <summary>
/// The bytes that all hosts together have received, over time. The number of points is limited, however long the run is
/// and however many hosts it has.
/// </summary>
internal sealed class ReceivedCurve
{
    private const int MostPoints = 600;

    private readonly Dictionary<int, long> _ofHosts = [];
    private readonly List<ReportAmount> _points = [];
    private double _between = 0.05;
    private long _sum;

    /// <param name="at">Seconds since the run began; never less than in the call before.</param>
    /// <param name="received">The bytes that this host has received since its relay's start.</param>
    public void Add(double at, int host, long received)
    {
        // A restarted relay counts from 0 again, but what its predecessor received still counts.
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
