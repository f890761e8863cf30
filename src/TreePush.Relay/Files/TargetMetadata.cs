using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// Sets owner, mode and time as an entry says. The owner is set first, because a change of owner clears the set-id bits. For one
/// thread at a time.
/// </summary>
internal sealed class TargetMetadata
{
    private const int SetId = 0b110_000_000_000;

    private readonly OwnerNames _names = new();
    private readonly bool _mayGive = OwnerNames.MayGive;

    /// <summary>Returns the ids that should own the entry on this host; null if owners are not copied.</summary>
    public (uint User, uint Group)? OwnerOf(ManifestEntry entry) => entry.Owner is { } owner ? _names.NumbersOf(owner) : null;

    /// <summary>Whether a file created here can be given to the entry's user.</summary>
    public bool MayOwn(ManifestEntry entry) => _mayGive || OwnerOf(entry) is not { } owner || owner.User == Libc.EffectiveUser();

    /// <summary>
    /// Returns the mode that the entry should have on this host. If owners are not copied, a file loses its set-id bits: it must
    /// not run as the user who happens to own it here.
    /// </summary>
    public int ModeOf(ManifestEntry entry) =>
        entry.Kind == EntryKind.File && (entry.Mode & SetId) != 0 && OwnerOf(entry) is null ? entry.Mode & ~SetId : entry.Mode;

    /// <param name="file">A new file with the mode 0600.</param>
    /// <returns>Zero, or the negated error number.</returns>
    public int ApplyToOpen(int file, ManifestEntry entry)
    {
        int result = 0;
        if (OwnerOf(entry) is (var user, var group)) result = Opened.SetOwner(file, user, group);
        int mode = ModeOf(entry);
        if (result >= 0 && mode != PartialFile.Mode) result = Opened.SetMode(file, mode);
        return result < 0 ? result : Opened.SetModified(file, entry.ModifiedNs);
    }

    /// <summary>Sets owner, mode and time of a name, and changes only what differs.</summary>
    /// <returns>Zero, or the negated error number.</returns>
    public int ApplyToName(int directory, ReadOnlySpan<byte> name, ManifestEntry entry)
    {
        int result = At.Status(directory, name, out var status);
        if (result < 0) return result;
        if (status.Kind != entry.Kind) return -Errno.Loop;
        var owner = OwnerOf(entry) ?? (status.UserId, status.GroupId);
        bool given = owner != (status.UserId, status.GroupId);
        if (given) result = At.SetOwner(directory, name, owner.User, owner.Group);
        bool hasMode = entry.Kind != EntryKind.Symlink;
        int mode = ModeOf(entry);
        if (result >= 0 && hasMode && (given || status.Mode != mode)) result = At.SetMode(directory, name, mode);
        return result < 0 ? result : At.SetModified(directory, name, entry.ModifiedNs);
    }
}
