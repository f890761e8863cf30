using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>
/// Encodes and decodes paths. Neighbouring paths have long common prefixes, so each path is encoded as the length that it shares
/// with the previous path, and the rest.
/// </summary>
public static class PathCodec
{
    /// <summary>The size of the shortest encoded path, in bytes.</summary>
    public const int LeastSize = 2;

    /// <param name="last">The previous path; empty for the first.</param>
    public static void Write(WireWriter writer, RelativePath path, ReadOnlySpan<byte> last)
    {
        int common = path.Bytes.CommonPrefixLength(last);
        writer.Varint(common);
        writer.Bytes(path.Bytes[common..]);
    }

    /// <exception cref="WireException">The bytes are not a valid path, or the path leads out of the tree.</exception>
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
