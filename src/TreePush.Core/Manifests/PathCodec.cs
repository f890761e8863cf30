using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>Paths in bytes. Neighbours have much in common, so each names only how much of the last one it keeps, and the rest.</summary>
public static class PathCodec
{
    /// <summary>Bytes of the shortest path.</summary>
    public const int LeastSize = 2;

    /// <param name="last">The path before; empty for the first.</param>
    public static void Write(WireWriter writer, RelativePath path, ReadOnlySpan<byte> last)
    {
        int common = path.Bytes.CommonPrefixLength(last);
        writer.Varint(common);
        writer.Bytes(path.Bytes[common..]);
    }

    /// <exception cref="WireException">The bytes are no path, or it leads out of the tree.</exception>
    public static RelativePath Read(ref WireReader reader, ReadOnlySpan<byte> last)
    {
        int common = reader.Count(last.Length);
        var rest = reader.Bytes(RelativePath.LongestPath - common);
        Span<byte> bytes = stackalloc byte[common + rest.Length];
        last[..common].CopyTo(bytes);
        rest.CopyTo(bytes[common..]);
        return RelativePath.TryParse(bytes, out var path) ? path : throw new WireException("a path leads out of the tree");
    }
}
