using System.Globalization;

namespace TreePush.Core.Syncing;

/// <summary>The topology behind each source. It is written <c>auto</c>, <c>chain</c>, <c>chain:4</c> or <c>tree:2</c>.</summary>
/// <param name="Kind">The kind of topology.</param>
/// <param name="Width">The number of chains that start at a source, or of children of each host; 1 for a single chain.</param>
public readonly record struct Topology(TopologyKind Kind, int Width = 1)
{
    private const int MostWide = 1000;
    private const int UsualTree = 2;

    public static readonly Topology Auto = new(TopologyKind.Auto);

    public static bool TryParse(string text, out Topology topology)
    {
        string[] parts = text.Split(':');
        int width = 0;
        bool hasWidth = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out width) && width is >= 1 and <= MostWide;
        Topology? read = (parts[0], parts.Length, hasWidth) switch
        {
            ("auto", 1, _) => Auto,
            ("chain", 1, _) => new Topology(TopologyKind.Chain),
            ("chain", 2, true) => new Topology(TopologyKind.Chain, width),
            ("tree", 1, _) => new Topology(TopologyKind.Tree, UsualTree),
            ("tree", 2, true) => new Topology(TopologyKind.Tree, width),
            _ => null,
        };
        topology = read ?? Auto;
        return read is not null;
    }

    public override string ToString() => Kind switch
    {
        TopologyKind.Chain when Width == 1 => "chain",
        TopologyKind.Chain => $"chain:{Width}",
        TopologyKind.Tree => $"tree:{Width}",
        _ => "auto",
    };
}
