using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Owner, mode and time as an entry says. Owner first: giving a file away takes its set-id bits. One thread at a time.</summary>
internal sealed class TargetMetadata
{
    private const int SetId = 0b110_000_000_000;

    private readonly OwnerNames _names = new();
    private readonly bool _mayGive = OwnerNames.MayGive;

    /// <summary>The numbers that the entry should have here; null where owners are not brought over.</summary>
    public (uint User, uint Group)? OwnerOf(ManifestEntry entry) => entry.Owner is { } owner ? _names.NumbersOf(owner) : null;

    /// <summary>Whether what we make can get the entry's user.</summary>
    public bool MayOwn(ManifestEntry entry) => _mayGive || OwnerOf(entry) is not { } owner || owner.User == Libc.EffectiveUser();

    /// <summary>The mode that the entry should have here. A file that runs as its owner or group must not do so as whoever happens to own it here.</summary>
    public int ModeOf(ManifestEntry entry) =>
        entry.Kind == EntryKind.File && (entry.Mode & SetId) != 0 && OwnerOf(entry) is null ? entry.Mode & ~SetId : entry.Mode;

    /// <param name="file">Just made, with the mode 0600.</param>
    /// <returns>Zero, or the negated error number.</returns>
    public int ApplyToOpen(int file, ManifestEntry entry)
    {
        int result = 0;
        if (OwnerOf(entry) is (var user, var group)) result = Opened.SetOwner(file, user, group);
        int mode = ModeOf(entry);
        if (result >= 0 && mode != PartialFile.Mode) result = Opened.SetMode(file, mode);
        return result < 0 ? result : Opened.SetModified(file, entry.ModifiedNs);
    }

    /// <summary>Changes only what differs.</summary>
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
