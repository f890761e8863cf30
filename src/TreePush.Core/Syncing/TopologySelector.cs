using TreePush.Core.Syncing.Stragglers;

namespace TreePush.Core.Syncing;

/// <summary>Chooses the topology: once the size is known, and again when rates have been measured.</summary>
internal sealed class TopologySelector(SyncState state, StragglerDetector stragglers)
{
    /// <summary>
    /// The assumed rate of a link before any was measured: 100 Mbit/s. If it is too low, a chain is chosen, which is never far
    /// from the best.
    /// </summary>
    private const double AssumedRate = 12.5e6;

    /// <summary>The cost of a hop besides sending, in seconds: network latency, and the check of the piece.</summary>
    private const double Latency = 0.002;

    private long? _bytes;
    private bool _isMeasured, _isTold;

    public void Start(DateTimeOffset now)
    {
        if (state.Policy.Topology.Kind != TopologyKind.Auto) Set(state.Policy.Topology with { Width = Math.Max(1, state.Policy.Topology.Width) }, now);
    }

    public void SourceScanned(SyncInput.SourceScanned scanned, DateTimeOffset now)
    {
        state.Writer!.LastHeard = now;
        state.Emit(new SourceScanned(now, scanned.Source, scanned.Entries, scanned.Bytes) { Skipped = scanned.Skipped, Unread = scanned.Unread });
        _bytes = scanned.Bytes;
        Choose(stragglers.UsualRate ?? AssumedRate, now);
    }

    /// <summary>Chooses again, once, when rates have been measured.</summary>
    public void Look(DateTimeOffset now)
    {
        if (_isMeasured || _bytes is null || stragglers.UsualRate is not { } rate) return;
        _isMeasured = true;
        Choose(rate, now);
    }

    private void Choose(double rate, DateTimeOffset now)
    {
        if (state.Policy.Topology.Kind != TopologyKind.Auto) return;
        int sources = Math.Max(1, state.Plan.Sources.Count);
        Set(TopologyChoice.Choose(_bytes!.Value, state.TargetCount / sources, rate, Latency), now);
    }

    private void Set(Topology topology, DateTimeOffset now)
    {
        if (_isTold && topology == state.Topology) return;
        _isTold = true;
        bool isOther = topology != state.Topology;
        state.Topology = topology;
        state.Emit(new TopologyChosen(now, topology));
        if (isOther) state.RefreshAll();
    }
}
