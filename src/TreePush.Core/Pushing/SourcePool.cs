namespace TreePush.Core.Pushing;

/// <summary>
/// The hosts that have the files. The states of a source and its transitions:
/// <code>
/// Candidate → Opening → Open ⇄ (busy, up to the number of slots)
/// Opening, Open → Resting   its connection broke; → Candidate after a pause, at the third loss in a row → Retired
/// Opening, Open → Retired   it can't be reached, refuses the login, or lacks the program
/// Open → Suspected          it failed several targets in a row, or has served none and could not log in to one;
///                           → Candidate when they fail from other sources too, or no other source is left
/// </code>
/// </summary>
internal sealed class SourcePool(int slots)
{
    private readonly Dictionary<HostName, Source> _sources = [];
    private readonly List<Source> _first = [];
    private readonly SourceShelf _free = new();
    private readonly SourceShelf _candidates = new();

    /// <summary>The most transfers that a source runs at once.</summary>
    public int Slots { get; private set; } = slots;

    /// <summary>The open sources with a free slot.</summary>
    public SourceShelf Free => _free;

    /// <summary>The sources that could be opened.</summary>
    public SourceShelf Candidates => _candidates;

    public int Opening { get; private set; }

    /// <summary>The number of sources that are neither suspected nor retired.</summary>
    public int Live { get; private set; }

    /// <summary>The given sources that are neither suspected nor retired.</summary>
    public IEnumerable<Source> LiveFirst => _first.Where(s => IsLive(s.State));

    /// <summary>The hosts served by this run that have no connection yet.</summary>
    public IEnumerable<Source> ServedCandidates => _sources.Values.Where(s => s is { IsFirst: false, State: SourceState.Candidate });

    public IEnumerable<Source> Suspected => _sources.Values.Where(s => s.State == SourceState.Suspected);

    public Source this[HostName name] => _sources[name];

    public bool Contains(HostName name) => _sources.ContainsKey(name);

    public Source Add(Host host, bool isFirst)
    {
        var source = new Source(host, _sources.Count, isFirst);
        _sources.Add(host.Name, source);
        if (isFirst) _first.Add(source);
        Live++;
        Shelve(source);
        return source;
    }

    public void MoveTo(Source source, SourceState state)
    {
        Unshelve(source);
        Live += (IsLive(state) ? 1 : 0) - (IsLive(source.State) ? 1 : 0);
        Opening += (state == SourceState.Opening ? 1 : 0) - (source.State == SourceState.Opening ? 1 : 0);
        source.State = state;
        Shelve(source);
    }

    public void Take(Source source)
    {
        Unshelve(source);
        source.Busy++;
        Shelve(source);
    }

    /// <summary>Records the end of a transfer.</summary>
    public void Release(Source source, TransferEnd end, Target target)
    {
        Unshelve(source);
        source.Busy--;
        if (end == TransferEnd.Succeeded)
        {
            source.HasServed = true;
            source.Failed = 0;
            source.Losses = 0;
            source.FailedTargets.Clear();
        }
        else if (end == TransferEnd.Failed)
        {
            source.Failed++;
            source.FailedTargets.Add(target);
        }

        Shelve(source);
    }

    /// <summary>Clears the record of a source's failures.</summary>
    public void Absolve(Source source)
    {
        Unshelve(source);
        source.Failed = 0;
        source.FailedTargets.Clear();
        source.Accusers.Clear();
        Shelve(source);
    }

    public void SetSlots(int slots)
    {
        foreach (var source in _sources.Values) Unshelve(source);
        Slots = slots;
        foreach (var source in _sources.Values) Shelve(source);
    }

    /// <summary>Makes a selection as if these sources were not in the pool.</summary>
    public T Without<T>(IEnumerable<HostName> names, Func<T> choose)
    {
        var hidden = names.Where(Contains).Select(n => _sources[n]).ToList();
        hidden.ForEach(Unshelve);
        var choice = choose();
        hidden.ForEach(Shelve);
        return choice;
    }

    public bool IsLive(HostName name) => _sources.TryGetValue(name, out var source) && IsLive(source.State);

    private static bool IsLive(SourceState state) => state is not (SourceState.Suspected or SourceState.Retired);

    private void Shelve(Source source) => ShelfOf(source)?.Add(source);

    private void Unshelve(Source source) => ShelfOf(source)?.Remove(source);

    private SourceShelf? ShelfOf(Source source) => source.State switch
    {
        SourceState.Candidate => _candidates,
        SourceState.Open when source.Busy < Slots => _free,
        _ => null,
    };
}
