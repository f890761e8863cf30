using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>
/// The common part of all jobs' reports: the hosts in the order in which they appear, the run's times, and the counts.
/// </summary>
/// <typeparam name="THost">What the report tells of a host.</typeparam>
internal abstract class RunReportFold<THost> : IReportFold
{
    private readonly Dictionary<HostName, int> _places = [];
    private readonly List<THost> _hosts = [];
    private readonly Func<string, HostOutcome, THost> _newHost;
    private readonly Func<THost, HostOutcome> _outcomeOf;
    private readonly int _servedBefore;
    private DateTimeOffset _latest;
    private int _skipped;

    /// <param name="servedBefore">Targets that an earlier part of the run has served.</param>
    protected RunReportFold(RunRequest request, IReadOnlySet<HostName> servedBefore, Func<string, HostOutcome, THost> newHost, Func<THost, HostOutcome> outcomeOf)
    {
        (Request, _newHost, _outcomeOf) = (request, newHost, outcomeOf);
        foreach (var source in request.Sources) PlaceOf(source.Name, HostOutcome.Source);
        foreach (var target in request.Targets)
        {
            if (_places.ContainsKey(target.Name)) continue;
            bool before = servedBefore.Contains(target.Name);
            if (before) _servedBefore++;
            PlaceOf(target.Name, before ? HostOutcome.ServedBefore : HostOutcome.NotTried);
        }
    }

    protected RunRequest Request { get; }

    protected IReadOnlyList<THost> Hosts => _hosts;

    protected FailureBook Failures { get; } = new();

    protected DateTimeOffset Started { get; private set; }

    /// <summary>The time of the last event, in seconds.</summary>
    protected double End => Seconds(_latest - Started);

    protected bool IsInterrupted { get; private set; }

    public abstract string Page(int exitCode);

    public virtual void OnEvent(RunEvent happened)
    {
        _latest = happened.Time;
        switch (happened)
        {
            case RunStarted: Started = happened.Time; break;
            case TargetSkipped: _skipped++; break;
            case RunFinished e: IsInterrupted = e.Interrupted; break;
        }
    }

    protected ReportCounts Counts(int rounds)
    {
        int Count(HostOutcome outcome) => _hosts.Count(h => _outcomeOf(h) == outcome);
        int served = Count(HostOutcome.Served) + _servedBefore + _skipped;
        return new ReportCounts(Request.Targets.DistinctBy(t => t.Name).Count(), served, _servedBefore, _skipped, Count(HostOutcome.Failed), Count(HostOutcome.NotTried), rounds);
    }

    protected void Change(HostName name, Func<THost, THost> change)
    {
        int place = PlaceOf(name);
        _hosts[place] = change(_hosts[place]);
    }

    /// <summary>The host's index in <see cref="Hosts"/>. A new host is added.</summary>
    protected int PlaceOf(HostName name, HostOutcome outcome = HostOutcome.NotTried)
    {
        if (!_places.TryAdd(name, _hosts.Count)) return _places[name];
        _hosts.Add(_newHost(DisplayText.Line(name.Value), outcome));
        return _hosts.Count - 1;
    }

    protected double At(RunEvent e) => Seconds(e.Time - Started);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
