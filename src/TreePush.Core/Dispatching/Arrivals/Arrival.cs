using TreePush.Core.Manifests;

namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>A file that has arrived, and the version that has.</summary>
public readonly record struct Arrival(RelativePath Path, FileVersion Version);
