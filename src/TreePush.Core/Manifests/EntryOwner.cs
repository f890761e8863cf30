namespace TreePush.Core.Manifests;

/// <summary>The owner of an entry at the source. A target uses the names if it knows them, and the numbers otherwise.</summary>
/// <param name="UserName">The user's name at the source, or null if the source has no name for the number.</param>
/// <param name="GroupName">The group's name at the source, or null.</param>
public sealed record EntryOwner(uint UserId, uint GroupId, string? UserName, string? GroupName);
