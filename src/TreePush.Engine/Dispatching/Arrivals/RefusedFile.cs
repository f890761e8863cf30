using TreePush.Core.Manifests;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>Something in the watched folder that can never be a package.</summary>
/// <param name="Reason">To follow the name: "is a named pipe".</param>
/// <param name="Hint">What to do about it, or null.</param>
public sealed record RefusedFile(RelativePath Path, string Reason, string? Hint);
