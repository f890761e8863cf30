using TreePush.Core.Broadcasting;
using TreePush.Core.Hosts;

namespace TreePush.Core.Pushing;

/// <summary>What of a run's events is the same whether it pushes or syncs, added up: the final lists and the exit code are made from it.</summary>
public abstract class RunTally
{
    private readonly HashSet<HostName> _succeeded = [];
    private readonly Dictionary<HostName, TargetFailed> _failed = [];
    private readonly HashSet<HostName> _skipped = [];

    public DateTimeOffset? Started { get; private set; }

    public RunFinished? Finished { get; private set; }

    public int Targets { get; private set; }

    /// <summary>Targets served by an earlier part of the run.</summary>
    public int ServedBefore { get; private set; }

    public RunStopping? Stopping { get; private set; }

    /// <summary>Targets that this part of the run has served.</summary>
    public IReadOnlySet<HostName> Succeeded => _succeeded;

    public IReadOnlyDictionary<HostName, TargetFailed> Failed => _failed;

    /// <summary>Targets that are sources themselves.</summary>
    public IReadOnlySet<HostName> Skipped => _skipped;

    public int SucceededCount => ServedBefore + _skipped.Count + _succeeded.Count;

    public int Left => Targets - SucceededCount - _failed.Count;

    public virtual void Notice(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted e: (Started, Targets, ServedBefore) = (e.Time, e.Targets, e.Served); break;
            case SyncStarted e: (Started, Targets, ServedBefore) = (e.Time, e.Targets, e.Served); break;
            case TargetSkipped e: _skipped.Add(e.Target); break;
            case TransferSucceeded e: Succeed(e.Target); break;
            case TargetDelivered e: Succeed(e.Target); break;
            case TargetFailed e: _failed[e.Target] = e; break;
            case TargetRequeued e: _failed.Remove(e.Target); break;
            case RunStopping e: Stopping = e; break;
            case RunFinished e: Finished = e; break;
        }
    }

    /// <summary>What is left of a run's targets when those that succeeded or failed are taken away, in the order of its list.</summary>
    public IEnumerable<Host> NotTried(IEnumerable<Host> targets, IReadOnlySet<HostName> servedBefore) => targets.Where(t =>
        !servedBefore.Contains(t.Name) && !_succeeded.Contains(t.Name) && !_failed.ContainsKey(t.Name) && !_skipped.Contains(t.Name));

    private void Succeed(HostName target)
    {
        _failed.Remove(target);
        _succeeded.Add(target);
    }
}
