using System.Text;

namespace TreePush.Core.Manifests;

/// <summary>Bytes compared by value: names and link targets as a file system keeps them, which are in no encoding.</summary>
public readonly record struct ByteString
{
    private readonly byte[]? _bytes;

    /// <param name="bytes">Copied: nobody can change them afterwards.</param>
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

    /// <summary>Fit for display, without loss.</summary>
    public override string ToString() => DisplayText.OfBytes(Bytes);
}
