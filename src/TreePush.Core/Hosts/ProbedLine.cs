namespace TreePush.Core.Hosts;

/// <summary>
/// The hosts that wait for their first attempt, ordered by the result of the probe. Hosts that answer are taken as soon as they
/// answer. When all hosts are probed, the unknown hosts follow, then the hosts that did not answer. Hosts that are down therefore
/// delay no other host.
/// </summary>
internal sealed class ProbedLine<T>
{
    private readonly Dictionary<HostName, (int Order, T Item)> _pending = [];
    private readonly SortedDictionary<PortState, List<(int Order, T Item)>> _probed = [];

    /// <summary>Whether there are hosts without a result.</summary>
    public bool IsPending => _pending.Count > 0;

    public bool IsEmpty => _pending.Count == 0 && _probed.Count == 0;

    /// <summary>Adds a host that will be probed. Hosts with the same result keep the order in which they were added.</summary>
    public void Add(HostName host, T item) => _pending.Add(host, (_pending.Count, item));

    /// <returns>Whether the host was waiting for its result.</returns>
    public bool Note(ProbedHost probed)
    {
        if (!_pending.Remove(probed.Host, out var entry)) return false;
        if (!_probed.TryGetValue(probed.Port, out var list)) _probed[probed.Port] = list = [];
        list.Add(entry);
        return true;
    }

    /// <summary>Removes and returns the hosts that may be tried now.</summary>
    /// <param name="isFree">Whether none of the hosts taken earlier is still waiting. Only then are hosts taken that are unknown or did not answer.</param>
    public IReadOnlyList<T> Take(bool isFree)
    {
        if (_probed.Count == 0) return [];
        var (port, list) = _probed.First();
        if (port != PortState.Answered && (!isFree || IsPending)) return [];
        _probed.Remove(port);
        return [.. list.OrderBy(e => e.Order).Select(e => e.Item)];
    }
}
