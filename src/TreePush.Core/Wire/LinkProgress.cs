namespace TreePush.Core.Wire;

/// <summary>The progress of one child, as its parent sees it; see <see cref="Syncing.ChildProgress"/>.</summary>
public readonly record struct LinkProgress(int Link, long Sent, long Backlog, long Remaining);
