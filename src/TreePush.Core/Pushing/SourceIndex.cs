namespace TreePush.Core.Pushing;

/// <summary>
/// Orders sources for selection: by number of running transfers, then by number of failures, then by distance to the target. The
/// nearest source is the one whose address shares the longest prefix with the target's. In sorted order it is always a neighbour
/// of the target's position, so a selection costs O(log n).
/// </summary>
internal sealed class SourceIndex
{
    private readonly SortedDictionary<(int Busy, int Failed), SortedSet<Entry>> _levels = [];

    public int Count { get; private set; }

    /// <summary>Adds a source at its present rank. The source must be removed before its rank changes.</summary>
    public void Add(Source source)
    {
        var rank = (source.Busy, source.Failed);
        if (!_levels.TryGetValue(rank, out var level)) _levels[rank] = level = [];
        if (level.Add(Entry.Of(source))) Count++;
    }

    public void Remove(Source source)
    {
        var rank = (source.Busy, source.Failed);
        if (!_levels.TryGetValue(rank, out var level) || !level.Remove(Entry.Of(source))) return;
        Count--;
        if (level.Count == 0) _levels.Remove(rank);
    }

    /// <summary>Returns the best source for a target at this position, or null if there is none.</summary>
    public Source? Best(Position position)
    {
        if (Count == 0) return null;
        using var levels = _levels.Values.GetEnumerator();
        levels.MoveNext();
        var level = levels.Current;
        if (level.Count == 1) return level.Min.Source;

        var here = new Entry(position, 0, null);
        var below = here > level.Min ? level.GetViewBetween(level.Min, here).Max.Source : null;
        var above = here < level.Max ? level.GetViewBetween(here, level.Max).Min.Source : null;
        if (below is null || above is null) return below ?? above;
        return Distance(above, position) <= Distance(below, position) ? above : below;
    }

    /// <summary>Returns the distance. It is smaller for a longer common prefix.</summary>
    private static Position Distance(Source source, Position position) => source.Host.Placement.Position ^ position;

    private readonly record struct Entry(Position Position, int Order, Source? Source) : IComparable<Entry>
    {
        public static Entry Of(Source source) => new(source.Host.Placement.Position, source.Order + 1, source);

        public int CompareTo(Entry other) =>
            Position.CompareTo(other.Position) is not 0 and var byPosition ? byPosition : Order.CompareTo(other.Order);

        public static bool operator <(Entry a, Entry b) => a.CompareTo(b) < 0;
        public static bool operator >(Entry a, Entry b) => a.CompareTo(b) > 0;
    }
}
