using System.Text;

namespace TreePush.Core.Manifests;

/// <summary>Bytes compared by value: names and link targets as the file system stores them, in no particular encoding.</summary>
public readonly record struct ByteString
{
    private readonly byte[]? _bytes;

    /// <param name="bytes">The bytes, which are copied.</param>
    public ByteString(ReadOnlySpan<byte> bytes) => _bytes = bytes.IsEmpty ? null : bytes.ToArray();

    public ReadOnlySpan<byte> Bytes => _bytes;

    public int Length => _bytes?.Length ?? 0;

    public bool IsEmpty => _bytes is null;

    public static ByteString OfText(string text) => new(Encoding.UTF8.GetBytes(text));

    public bool Equals(ByteString other) => Bytes.SequenceEqual(other.Bytes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Returns the bytes escaped for display, without loss.</summary>
    public override string ToString() => DisplayText.OfBytes(Bytes);
}
