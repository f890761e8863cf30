namespace TreePush.Core.Manifests;

/// <summary>One <c>--exclude</c> or <c>--include</c>, as it was given.</summary>
public sealed record FilterRule(bool Include, ByteString Pattern);
