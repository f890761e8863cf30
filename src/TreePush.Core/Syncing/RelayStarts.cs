namespace TreePush.Core.Syncing;

/// <summary>
/// Decides which relays are started, and in which order: the writer's, then the targets' by zone, those of the writer's zone
/// first. If there are many targets, those whose ssh ports answer the probe are started before the others.
/// </summary>
internal sealed class RelayStarts(SyncState state)
{
    private readonly Queue<Node> _sources = new();
    private readonly Queue<Node> _mirrors = new();
    private readonly Queue<Node> _targets = new();
    private readonly ProbedLine<Node> _probed = new();

    /// <summary>Whether no more relays are started.</summary>
    public bool IsStopped { get; set; }

    public void Line(IEnumerable<Node> sources, IEnumerable<Node> targets)
    {
        foreach (var source in sources) _sources.Enqueue(source);
        var ordered = targets.OrderBy(Distance).ThenBy(t => t.Zone.Order).ThenBy(t => t.Order).ToList();
        bool isProbed = state.Policy.Probe && ordered.Count > state.Policy.MaxOpening;
        foreach (var target in ordered)
            if (isProbed && !target.Host.IsLocal) _probed.Add(target.Name, target);
            else _targets.Enqueue(target);
        if (isProbed) state.Issue(new SyncCommand.Probe([.. ordered.Select(t => t.Host).Where(h => !h.IsLocal)]));
    }

    public void Note(IReadOnlyList<ProbedHost> hosts)
    {
        foreach (var host in hosts)
            if (_probed.Note(host) && state.Find(host.Host) is { } node) node.Port = host.Port;
    }

    private int Distance(Node target) => _sources.TryPeek(out var first) && first.Zone == target.Zone ? 0 : 1;

    /// <summary>Starts the next given source as the writer of the ledger.</summary>
    /// <returns>Whether a source was left.</returns>
    public bool OpenWriter(DateTimeOffset now)
    {
        if (!_sources.TryDequeue(out var source)) return false;
        source.Role = RelayRole.Source;
        source.IsWriter = true;
        Open(source, now);
        return true;
    }

    /// <summary>Handles the start of the ledger: the further sources can now be compared with it.</summary>
    public void WriterIsUp()
    {
        while (_sources.TryDequeue(out var source)) _mirrors.Enqueue(source);
    }

    public void Fill(DateTimeOffset now)
    {
        while (!IsStopped && state.Opening - state.Late < state.Policy.MaxOpening && state.Opening < state.Policy.MostOpening)
        {
            foreach (var probed in _probed.Take(isFree: _targets.Count == 0)) _targets.Enqueue(probed);
            if (_mirrors.TryDequeue(out var node) || _targets.TryDequeue(out node)) Open(node, now);
            else return;
        }
    }

    private void Open(Node node, DateTimeOffset now)
    {
        if (node.State != RelayState.Waiting) return;
        node.OpeningSince = now;
        state.Move(node, RelayState.Opening);
        state.Emit(new HostOpening(now, node.Name));
        state.Issue(new SyncCommand.Open(node.Host, node.Role));
        if (state.Policy.Probe && node.Port != PortState.Answered) state.At(now + state.Policy.SlotTime, _ => EndSlot(node));
    }

    /// <summary>
    /// Releases the slot of a host that takes long to start. It may be down, and it would take many seconds to give it up; other
    /// hosts need not wait for that.
    /// </summary>
    private void EndSlot(Node node)
    {
        if (node.State == RelayState.Opening) state.MarkLate(node, true);
    }
}
