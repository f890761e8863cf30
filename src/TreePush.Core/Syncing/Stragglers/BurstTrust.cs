namespace TreePush.Core.Syncing.Stragglers;

/// <summary>
/// How far bursts are to be believed. A traffic shaper on the way may save up what a link was not used for and let it through at
/// once: bursts then tell of many times what the link carries, and sound hosts look slow beside it. So their word is tried on
/// one host at a time until a move has brought what they promised, and after a few in vain it counts no more.
/// </summary>
internal sealed class BurstTrust
{
    /// <summary>Two slow hosts side by side cost one move in vain.</summary>
    private const int MostInVain = 2;

    private readonly List<Node> _movedInVain = [];
    private DateTimeOffset? _tryingSince;

    /// <summary>A move on their word has brought what they promised.</summary>
    public bool IsProven { get; private set; }

    /// <summary>Their word is enough to move a host.</summary>
    public bool MayTry => IsProven || (_tryingSince is null && _movedInVain.Count < MostInVain);

    public void Try(DateTimeOffset now) => _tryingSince = now;

    /// <summary>Ends a trial that nothing will be learnt from: the hosts that took part in it may be gone.</summary>
    public void GiveUp(DateTimeOffset begunBefore)
    {
        if (_tryingSince < begunBefore) _tryingSince = null;
    }

    /// <summary>The move has brought what they promised.</summary>
    public void Prove()
    {
        (_tryingSince, IsProven) = (null, true);
        _movedInVain.Clear();
    }

    /// <summary>The move has brought nothing.</summary>
    /// <returns>The hosts that were moved without need, once that is certain.</returns>
    public IReadOnlyList<Node> Doubt(Node moved)
    {
        _tryingSince = null;
        if (IsProven) return [];
        _movedInVain.Add(moved);
        return _movedInVain.Count < MostInVain ? [] : _movedInVain;
    }
}
