namespace TreePush.Core.Pushing;

/// <summary>Totals over the events of a push. The screen, the final lists and the exit code are made from them.</summary>
/// <param name="slots">The number given with <c>-m</c>; null for auto.</param>
public sealed class PushTally(int? slots = null) : RunTally
{
    private readonly Dictionary<int, TransferStarted> _running = [];
    private readonly Dictionary<HostName, SourceSetAside> _setAside = [];
    private readonly HashSet<HostName> _sources = [];
    private TimeSpan _transferTime;

    /// <summary>The number of transfers that a source runs at once; null until it is known.</summary>
    public int? Slots { get; private set; } = slots;

    public bool IsPaused { get; private set; }

    public bool SourcesAreExhausted { get; private set; }

    public IReadOnlyDictionary<int, TransferStarted> Running => _running;

    /// <summary>The sources that get no more transfers, with the reason.</summary>
    public IReadOnlyDictionary<HostName, SourceSetAside> SetAside => _setAside;

    /// <summary>The mean duration of a successful transfer; null before the first.</summary>
    public TimeSpan? MeanTransfer => Succeeded.Count == 0 ? null : _transferTime / Succeeded.Count;

    public override void OnEvent(RunEvent happened)
    {
        base.OnEvent(happened);
        switch (happened)
        {
            case SourceReady e: _sources.Add(e.Source); break;
            case SourceSetAside e:
                _setAside[e.Source] = e;
                _sources.Remove(e.Source);
                break;
            case SourceRestored e: _setAside.Remove(e.Source); break;
            case TransferStarted e: _running[e.Transfer] = e; break;
            case TransferSucceeded e:
                _running.Remove(e.Transfer);
                _transferTime += e.Took;
                break;
            case TransferFailed e: _running.Remove(e.Transfer); break;
            case SlotsChanged e: Slots = e.Slots; break;
            case TargetRequeued e: Requeue(e.Target); break;
            case RunPaused: IsPaused = true; break;
            case RunContinued: IsPaused = false; break;
            case SourcesExhausted: SourcesAreExhausted = true; break;
        }
    }

    /// <summary>
    /// Estimates the remaining time: rounds of the mean duration, where each round serves as many targets as the sources of that
    /// round have slots. Null before the first success.
    /// </summary>
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
}
