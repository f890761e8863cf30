namespace TreePush.Core.Manifests;

/// <summary>Who an entry belongs to at the source. Names count where the target knows them, numbers where it does not.</summary>
/// <param name="UserName">The user's name at the source, or null where the number has none there.</param>
/// <param name="GroupName">The group's name at the source, or null.</param>
public sealed record EntryOwner(uint UserId, uint GroupId, string? UserName, string? GroupName);
