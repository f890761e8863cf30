using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>Encodes and decodes an entry of the manifest.</summary>
public static class EntryCodec
{
    /// <summary>The size of the shortest entry, in bytes.</summary>
    public const int LeastSize = 5;

    /// <summary>The most bytes that an entry takes besides its path and its link target: two owner names, and numbers.</summary>
    public const int MostBesidePath = (2 * MostName) + 64;

    private const int OwnerFlag = 0x80;
    private const int MostName = 1024;

    /// <param name="last">The path of the previous entry; empty for the first.</param>
    public static void Write(WireWriter writer, ManifestEntry entry, ReadOnlySpan<byte> last)
    {
        PathCodec.Write(writer, entry.Path, last);
        writer.Byte((byte)((int)entry.Kind | (entry.Owner is null ? 0 : OwnerFlag)));
        writer.Varint(entry.Mode);
        writer.Zigzag(entry.ModifiedNs);
        if (entry.Kind == EntryKind.File) writer.Varint(entry.Size);
        if (entry.Kind == EntryKind.Symlink) writer.Bytes(entry.LinkTarget.Bytes);
        if (entry.Owner is { } owner) Write(writer, owner);
    }

    /// <exception cref="WireException">The bytes are not a valid entry, or its path leads out of the tree.</exception>
    public static ManifestEntry Read(ref WireReader reader, ReadOnlySpan<byte> last)
    {
        var path = PathCodec.Read(ref reader, last);
        byte flags = reader.Byte();
        var kind = (EntryKind)(flags & ~OwnerFlag);
        if (!Enum.IsDefined(kind)) throw new WireException($"{flags} is no kind of entry");
        int mode = reader.Count(0xFFF);
        long modified = reader.Zigzag();
        long size = kind == EntryKind.File ? reader.Number(PieceSize.LargestFile) : 0;
        var target = kind == EntryKind.Symlink ? new ByteString(reader.Bytes(RelativePath.LongestPath)) : default;
        if (kind == EntryKind.Symlink && target.IsEmpty) throw new WireException("a symbolic link leads nowhere");
        return new ManifestEntry(path, kind, mode, modified, size)
        {
            LinkTarget = target,
            Owner = (flags & OwnerFlag) != 0 ? ReadOwner(ref reader) : null,
        };
    }

    private static void Write(WireWriter writer, EntryOwner owner)
    {
        writer.Varint(owner.UserId);
        writer.Varint(owner.GroupId);
        writer.Text(owner.UserName ?? "");
        writer.Text(owner.GroupName ?? "");
    }

    private static EntryOwner ReadOwner(ref WireReader reader)
    {
        uint user = (uint)reader.Number(uint.MaxValue), group = (uint)reader.Number(uint.MaxValue);
        string userName = reader.Text(MostName), groupName = reader.Text(MostName);
        return new EntryOwner(user, group, userName.Length > 0 ? userName : null, groupName.Length > 0 ? groupName : null);
    }
}
