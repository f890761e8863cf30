namespace TreePush.Engine.Syncing;

/// <summary>One <c>--exclude</c> or <c>--include</c>.</summary>
public readonly record struct PathRule(bool Include, string Pattern);
