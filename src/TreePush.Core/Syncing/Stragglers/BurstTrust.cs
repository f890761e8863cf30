namespace TreePush.Core.Syncing.Stragglers;

/// <summary>
/// Decides whether burst rates are trusted. A traffic shaper may save up the unused rate of a link and let it through at once.
/// Bursts then show many times the rate of the link, and healthy hosts look slow in comparison. Until a move has gained what
/// bursts promised, they may move only one host at a time; after a few fruitless moves they are ignored.
/// </summary>
internal sealed class BurstTrust
{
    /// <summary>The fruitless moves after which bursts are ignored. Two slow hosts next to each other cost one fruitless move.</summary>
    private const int MostInVain = 2;

    private readonly List<Node> _movedInVain = [];
    private DateTimeOffset? _tryingSince;

    /// <summary>Whether a move based on bursts has gained what they promised.</summary>
    public bool IsProven { get; private set; }

    /// <summary>Whether bursts alone may move a host now.</summary>
    public bool MayTry => IsProven || (_tryingSince is null && _movedInVain.Count < MostInVain);

    public void Try(DateTimeOffset now) => _tryingSince = now;

    /// <summary>Ends a trial that will have no result, because its hosts may be gone.</summary>
    public void GiveUp(DateTimeOffset begunBefore)
    {
        if (_tryingSince < begunBefore) _tryingSince = null;
    }

    /// <summary>Records that the move gained what bursts promised.</summary>
    public void Prove()
    {
        (_tryingSince, IsProven) = (null, true);
        _movedInVain.Clear();
    }

    /// <summary>Records that the move gained nothing.</summary>
    /// <returns>The hosts that were moved without need, once this is certain.</returns>
    public IReadOnlyList<Node> Doubt(Node moved)
    {
        _tryingSince = null;
        if (IsProven) return [];
        _movedInVain.Add(moved);
        return _movedInVain.Count < MostInVain ? [] : _movedInVain;
    }
}
