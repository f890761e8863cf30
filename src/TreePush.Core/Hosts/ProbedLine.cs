namespace TreePush.Core.Hosts;

/// <summary>
/// Hosts that wait for their first try, in the order of what the probe of their ssh ports shows: those that answer as soon
/// as they do; when all are probed, those of which nothing is known; those that did not answer last. So hosts that are down hold up nobody.
/// </summary>
internal sealed class ProbedLine<T>
{
    private readonly Dictionary<HostName, (int Order, T Item)> _pending = [];
    private readonly SortedDictionary<PortState, List<(int Order, T Item)>> _probed = [];

    /// <summary>Whether some are not probed yet.</summary>
    public bool IsPending => _pending.Count > 0;

    public bool IsEmpty => _pending.Count == 0 && _probed.Count == 0;

    /// <summary>Adds a host that is to be probed. Where the probe shows the same of several, they keep the order in which they were added.</summary>
    public void Add(HostName host, T item) => _pending.Add(host, (_pending.Count, item));

    /// <returns>Whether the host was waiting for its probe.</returns>
    public bool Note(ProbedHost probed)
    {
        if (!_pending.Remove(probed.Host, out var entry)) return false;
        if (!_probed.TryGetValue(probed.Port, out var list)) _probed[probed.Port] = list = [];
        list.Add(entry);
        return true;
    }

    /// <summary>Takes the hosts that may be tried now.</summary>
    /// <param name="isFree">Nobody who was taken earlier waits any more; only then those are taken that did not answer.</param>
    public IReadOnlyList<T> Take(bool isFree)
    {
        if (_probed.Count == 0) return [];
        var (port, list) = _probed.First();
        if (port != PortState.Answered && (!isFree || IsPending)) return [];
        _probed.Remove(port);
        return [.. list.OrderBy(e => e.Order).Select(e => e.Item)];
    }
}
