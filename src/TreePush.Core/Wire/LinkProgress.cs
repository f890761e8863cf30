namespace TreePush.Core.Wire;

/// <summary>How one child fares, as its parent sees it; see <see cref="Syncing.ChildProgress"/>.</summary>
public readonly record struct LinkProgress(int Link, long Sent, long Backlog, long Remaining);
