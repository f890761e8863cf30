namespace TreePush.Core.Broadcasting;

/// <summary>Which relays are started, and in which order: the one that writes the ledger, then the targets by zone, its own zone first.</summary>
internal sealed class Openings(BroadcastState state)
{
    private readonly Queue<Node> _sources = new();
    private readonly Queue<Node> _mirrors = new();
    private readonly Queue<Node> _targets = new();

    /// <summary>Nothing more is started.</summary>
    public bool IsStopped { get; set; }

    public void Line(IEnumerable<Node> sources, IEnumerable<Node> targets)
    {
        foreach (var source in sources) _sources.Enqueue(source);
        foreach (var target in targets.OrderBy(Distance).ThenBy(t => t.Site.Order).ThenBy(t => t.Order)) _targets.Enqueue(target);
    }

    private int Distance(Node target) => _sources.TryPeek(out var first) && first.Site == target.Site ? 0 : 1;

    /// <summary>Starts the next given source as the one that writes the ledger.</summary>
    /// <returns>Whether there was one left.</returns>
    public bool OpenWriter(DateTimeOffset now)
    {
        if (!_sources.TryDequeue(out var source)) return false;
        source.Role = RelayRole.Source;
        source.IsWriter = true;
        Open(source, now);
        return true;
    }

    /// <summary>A ledger is being written: the further sources can be compared with it.</summary>
    public void WriterIsUp()
    {
        while (_sources.TryDequeue(out var source)) _mirrors.Enqueue(source);
    }

    public void Fill(DateTimeOffset now)
    {
        while (!IsStopped && state.Opening < state.Policy.MaxOpening)
        {
            if (_mirrors.TryDequeue(out var node) || _targets.TryDequeue(out node)) Open(node, now);
            else return;
        }
    }

    private void Open(Node node, DateTimeOffset now)
    {
        if (node.State != RelayState.Waiting) return;
        node.OpeningSince = now;
        state.Move(node, RelayState.Opening);
        state.Tell(new HostOpening(now, node.Name));
        state.Do(new BroadcastCommand.Open(node.Host, node.Role));
    }
}
