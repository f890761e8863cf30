namespace TreePush.Core.Broadcasting;

/// <summary>The shape in which hosts stand behind each source.</summary>
/// <param name="Kind">What the user named.</param>
/// <param name="Width">How many chains leave a source, or how many children each host has; 1 for a single chain.</param>
public readonly record struct Topology(TopologyKind Kind, int Width = 1)
{
    public static readonly Topology Auto = new(TopologyKind.Auto);
}
