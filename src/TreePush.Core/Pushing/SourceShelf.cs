namespace TreePush.Core.Pushing;

/// <summary>Sources of one kind (with a free slot, or not connected yet), indexed by zone, among the given sources, and overall.</summary>
internal sealed class SourceShelf
{
    private readonly Dictionary<string, SourceIndex> _byZone = [];
    private readonly SourceIndex _first = new();
    private readonly SourceIndex _all = new();

    public int Count => _all.Count;

    public void Add(Source source)
    {
        _all.Add(source);
        if (source.IsFirst) _first.Add(source);
        if (source.Host.Placement.Zone is not { } zone) return;
        if (!_byZone.TryGetValue(zone, out var index)) _byZone[zone] = index = new SourceIndex();
        index.Add(source);
    }

    public void Remove(Source source)
    {
        _all.Remove(source);
        _first.Remove(source);
        if (source.Host.Placement.Zone is { } zone && _byZone.TryGetValue(zone, out var index)) index.Remove(source);
    }

    public Source? BestInside(string zone, Position position) => _byZone.TryGetValue(zone, out var index) ? index.Best(position) : null;

    public Source? BestFirst(Position position) => _first.Best(position);

    public Source? BestAnywhere(Position position) => _all.Best(position);
}
