namespace TreePush.Core.Manifests;

/// <summary>A part of a file, in bytes.</summary>
public readonly record struct PieceExtent(long Offset, int Length);
