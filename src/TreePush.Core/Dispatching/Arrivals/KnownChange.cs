using TreePush.Core.Manifests;

namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>A change of <see cref="KnownFiles"/>, to be written down.</summary>
/// <param name="Version">The version that is known now; null if the file is forgotten.</param>
public readonly record struct KnownChange(RelativePath Path, FileVersion? Version);
