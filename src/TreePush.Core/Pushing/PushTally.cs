using TreePush.Core.Hosts;

namespace TreePush.Core.Pushing;

/// <summary>A run's events, added up: what the screen, the final lists and the exit code are made from.</summary>
public sealed class PushTally
{
    private readonly Dictionary<HostName, TransferSucceeded> _succeeded = [];
    private readonly Dictionary<HostName, TargetFailed> _failed = [];
    private readonly HashSet<HostName> _skipped = [];
    private readonly Dictionary<int, TransferStarted> _running = [];
    private readonly Dictionary<HostName, SourceSetAside> _setAside = [];
    private readonly HashSet<HostName> _sources = [];
    private TimeSpan _transferTime;

    public DateTimeOffset? Started { get; private set; }

    public RunFinished? Finished { get; private set; }

    public int Targets { get; private set; }

    /// <summary>Targets served by an earlier part of the run.</summary>
    public int ServedBefore { get; private set; }

    /// <summary>Transfers at once on a source; null until it is known.</summary>
    public int? Slots { get; private set; }

    public bool IsPaused { get; private set; }

    public RunStopping? Stopping { get; private set; }

    public bool SourcesAreExhausted { get; private set; }

    public IReadOnlyDictionary<HostName, TransferSucceeded> Succeeded => _succeeded;

    public IReadOnlyDictionary<HostName, TargetFailed> Failed => _failed;

    /// <summary>Targets that are sources themselves.</summary>
    public IReadOnlyCollection<HostName> Skipped => _skipped;

    public IReadOnlyDictionary<int, TransferStarted> Running => _running;

    /// <summary>Sources that get no more transfers, and why.</summary>
    public IReadOnlyDictionary<HostName, SourceSetAside> SetAside => _setAside;

    public int SucceededCount => ServedBefore + _skipped.Count + _succeeded.Count;

    public int Left => Targets - SucceededCount - _failed.Count;

    /// <summary>The mean time of a successful transfer; null before the first.</summary>
    public TimeSpan? MeanTransfer => _succeeded.Count == 0 ? null : _transferTime / _succeeded.Count;

    public void Notice(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted e:
                (Started, Targets, ServedBefore, Slots) = (e.Time, e.Targets, e.Served, e.Slots);
                break;
            case TargetSkipped e: _skipped.Add(e.Target); break;
            case SourceReady e: _sources.Add(e.Source); break;
            case SourceSetAside e:
                _setAside[e.Source] = e;
                _sources.Remove(e.Source);
                break;
            case SourceRestored e: _setAside.Remove(e.Source); break;
            case TransferStarted e: _running[e.Transfer] = e; break;
            case TransferSucceeded e:
                _running.Remove(e.Transfer);
                _failed.Remove(e.Target);
                _succeeded[e.Target] = e;
                _transferTime += e.Took;
                break;
            case TransferFailed e: _running.Remove(e.Transfer); break;
            case TargetFailed e: _failed[e.Target] = e; break;
            case TargetRequeued e: _failed.Remove(e.Target); break;
            case SlotsChanged e: Slots = e.Slots; break;
            case RunPaused: IsPaused = true; break;
            case RunContinued: IsPaused = false; break;
            case RunStopping e: Stopping = e; break;
            case SourcesExhausted: SourcesAreExhausted = true; break;
            case RunFinished e: Finished = e; break;
        }
    }

    /// <summary>How long the rest may take: rounds of the mean transfer, each as wide as the sources that are there by then. Null before anything can be said.</summary>
    public TimeSpan? Estimate()
    {
        if (MeanTransfer is not { } mean || Left == 0) return null;
        int slots = Slots ?? 1;
        long sources = Math.Max(1, _sources.Count), left = Left;
        double rounds = 0.5;
        for (; left > 0; rounds++)
        {
            long served = Math.Min(left, sources * slots);
            left -= served;
            sources += served;
        }

        return mean * (rounds - 0.5);
    }

    /// <summary>What is left of a run's targets when those that succeeded or failed are taken away, in the order of its list.</summary>
    public IEnumerable<Host> NotTried(IEnumerable<Host> targets, IReadOnlySet<HostName> servedBefore) => targets.Where(t =>
        !servedBefore.Contains(t.Name) && !_succeeded.ContainsKey(t.Name) && !_failed.ContainsKey(t.Name) && !_skipped.Contains(t.Name));
}
