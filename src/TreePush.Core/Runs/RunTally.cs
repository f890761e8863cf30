namespace TreePush.Core.Runs;

/// <summary>Totals over the events that all jobs have. The final lists and the exit code are made from them.</summary>
public abstract class RunTally
{
    private readonly HashSet<HostName> _succeeded = [];
    private readonly Dictionary<HostName, TargetFailed> _failed = [];
    private readonly HashSet<HostName> _skipped = [];

    public DateTimeOffset? Started { get; private set; }

    public RunFinished? Finished { get; private set; }

    public int Targets { get; private set; }

    /// <summary>The number of targets served by an earlier part of the run.</summary>
    public int ServedBefore { get; private set; }

    public RunStopping? Stopping { get; private set; }

    /// <summary>The targets that this part of the run has served.</summary>
    public IReadOnlySet<HostName> Succeeded => _succeeded;

    public IReadOnlyDictionary<HostName, TargetFailed> Failed => _failed;

    /// <summary>The targets that are also sources.</summary>
    public IReadOnlySet<HostName> Skipped => _skipped;

    public int SucceededCount => ServedBefore + _skipped.Count + _succeeded.Count;

    public int Left => Targets - SucceededCount - _failed.Count;

    public virtual void OnEvent(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted e: (Started, Targets, ServedBefore) = (e.Time, e.Targets, e.Served); break;
            case TargetSkipped e: _skipped.Add(e.Target); break;
            case TargetServed e: Succeed(e.Target); break;
            case TargetFailed e: _failed[e.Target] = e; break;
            case RunStopping e: Stopping = e; break;
            case RunFinished e: Finished = e; break;
        }
    }

    /// <summary>Returns the targets that have neither succeeded nor failed, in the order of their list.</summary>
    public IEnumerable<Host> NotTried(IEnumerable<Host> targets, IReadOnlySet<HostName> servedBefore) => targets.Where(t =>
        !servedBefore.Contains(t.Name) && !_succeeded.Contains(t.Name) && !_failed.ContainsKey(t.Name) && !_skipped.Contains(t.Name));

    /// <summary>Records that a failed target is tried again.</summary>
    protected void Requeue(HostName target) => _failed.Remove(target);

    private void Succeed(HostName target)
    {
        _failed.Remove(target);
        _succeeded.Add(target);
    }
}
