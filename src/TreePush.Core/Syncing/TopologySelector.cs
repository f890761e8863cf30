using TreePush.Core.Syncing.Stragglers;

namespace TreePush.Core.Syncing;

/// <summary>Decides the shape of the tree: once the size is known, and again when rates have been measured while many hosts are still to come.</summary>
internal sealed class TopologySelector(SyncState state, StragglerDetector stragglers)
{
    /// <summary>What a link is taken to carry before any was measured: 100 Mbit/s. Too low errs towards a chain, which is never far off.</summary>
    private const double AssumedRate = 12.5e6;

    /// <summary>What a hop costs besides sending, in seconds: the way, and the check of the piece.</summary>
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

    /// <summary>Looks again once, when there are rates to go by.</summary>
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
