using System.Text;

namespace TreePush.Core.Manifests;

/// <summary>
/// The path of an entry below the root of a tree: components separated by <c>/</c>, in raw bytes. No component is empty, <c>.</c>
/// or <c>..</c>, so the path itself never leads out of the tree. The root is the empty path. Paths are ordered depth first: a
/// directory, then its contents, then its next sibling by bytes (<c>a</c>, <c>a/b</c>, <c>a-b</c>).
/// </summary>
public readonly record struct RelativePath : IComparable<RelativePath>
{
    /// <summary>The longest path, in bytes. It is the longest that Linux accepts in one call.</summary>
    public const int LongestPath = 4096;

    /// <summary>The longest component on any common file system, in bytes.</summary>
    public const int LongestName = 255;

    public static readonly RelativePath Root;

    private readonly byte[]? _bytes;

    private RelativePath(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    public bool IsRoot => _bytes is null;

    /// <summary>The last component; empty for the root.</summary>
    public ReadOnlySpan<byte> Name => Bytes[(Bytes.LastIndexOf((byte)'/') + 1)..];

    /// <summary>The bytes of <see cref="Parent"/>, without a copy.</summary>
    public ReadOnlySpan<byte> ParentBytes => Bytes[..Math.Max(0, Bytes.LastIndexOf((byte)'/'))];

    /// <summary>The directory that contains the entry; the parent of the root is the root.</summary>
    public RelativePath Parent => ParentBytes.IsEmpty ? Root : new RelativePath(ParentBytes.ToArray());

    public static bool TryParse(ReadOnlySpan<byte> bytes, out RelativePath path)
    {
        path = Root;
        if (bytes.IsEmpty) return true;
        if (bytes.Length > LongestPath) return false;
        foreach (var range in bytes.Split((byte)'/'))
        {
            if (!IsName(bytes[range])) return false;
        }

        path = new RelativePath(bytes.ToArray());
        return true;
    }

    /// <exception cref="FormatException">The bytes are not a valid path.</exception>
    public static RelativePath Of(ReadOnlySpan<byte> bytes) =>
        TryParse(bytes, out var path) ? path : throw new FormatException($"'{DisplayText.OfBytes(bytes)}' is not a path inside a tree");

    /// <exception cref="FormatException">The text is not a valid path.</exception>
    public static RelativePath Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether the bytes can be one component.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= LongestName && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8) && name.IndexOfAny((byte)0, (byte)'/') < 0;

    /// <returns>False if the name is not a valid component, or the path would be too long.</returns>
    public bool TryChild(ReadOnlySpan<byte> name, out RelativePath child)
    {
        child = Root;
        int start = IsRoot ? 0 : Bytes.Length + 1;
        if (!IsName(name) || start + name.Length > LongestPath) return false;
        byte[] bytes = new byte[start + name.Length];
        if (start > 0)
        {
            Bytes.CopyTo(bytes);
            bytes[start - 1] = (byte)'/';
        }

        name.CopyTo(bytes.AsSpan(start));
        child = new RelativePath(bytes);
        return true;
    }

    /// <summary>Whether the entry is inside <paramref name="directory"/>, at any depth. A directory is not inside itself.</summary>
    public bool IsBelow(RelativePath directory) => directory.IsRoot
        ? !IsRoot
        : Bytes.Length > directory.Bytes.Length && Bytes[directory.Bytes.Length] == '/' && Bytes.StartsWith(directory.Bytes);

    public int CompareTo(RelativePath other)
    {
        int same = Bytes.CommonPrefixLength(other.Bytes);
        if (same == Bytes.Length || same == other.Bytes.Length) return Bytes.Length.CompareTo(other.Bytes.Length);
        return Rank(Bytes[same]).CompareTo(Rank(other.Bytes[same]));
    }

    /// <summary>Returns the sort key of a byte. The separator sorts before every byte of a name, so a directory's contents follow it directly.</summary>
    private static int Rank(byte b) => b == '/' ? -1 : b;

    public bool Equals(RelativePath other) => Bytes.SequenceEqual(other.Bytes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Returns the path escaped for display, without loss. The root is a dot.</summary>
    public override string ToString() => IsRoot ? "." : DisplayText.OfBytes(Bytes);

    public static bool operator <(RelativePath left, RelativePath right) => left.CompareTo(right) < 0;
    public static bool operator >(RelativePath left, RelativePath right) => left.CompareTo(right) > 0;
    public static bool operator <=(RelativePath left, RelativePath right) => left.CompareTo(right) <= 0;
    public static bool operator >=(RelativePath left, RelativePath right) => left.CompareTo(right) >= 0;
}
