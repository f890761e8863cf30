namespace TreePush.Core.Syncing;

/// <summary>A host with room for one more child: the nearest to whole content first, then the one that was attached first.</summary>
/// <param name="Depth">Links between the host and the nearest one above it that has everything.</param>
internal readonly record struct Place(int Depth, int Order, Node Host) : IComparable<Place>
{
    public int CompareTo(Place other) => Depth.CompareTo(other.Depth) is not 0 and var byDepth ? byDepth : Order.CompareTo(other.Order);
}
