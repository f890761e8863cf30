namespace TreePush.Core.Syncing;

/// <summary>A host with room for one more child. Places are ordered by depth, then by the host's position in the plan.</summary>
/// <param name="Depth">The number of links between the host and the nearest host above it that has everything.</param>
internal readonly record struct Place(int Depth, int Order, Node Host) : IComparable<Place>
{
    public int CompareTo(Place other) => Depth.CompareTo(other.Depth) is not 0 and var byDepth ? byDepth : Order.CompareTo(other.Order);
}
