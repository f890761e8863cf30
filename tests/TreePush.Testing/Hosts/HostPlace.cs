
namespace TreePush.Testing;

/// <summary>Where a host stands in its fleet.</summary>
internal sealed record HostPlace(int Index, int Zone, string Address);
