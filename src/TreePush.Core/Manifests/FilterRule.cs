namespace TreePush.Core.Manifests;

/// <summary>One <c>--exclude</c> or <c>--include</c>, as the user wrote it.</summary>
public sealed record FilterRule(bool Include, ByteString Pattern);
