using System.Globalization;
using System.Text;

namespace TreePush.Testing;

/// <summary>
/// A path or name as Linux has it: bytes, in no encoding. Its text has UTF-8 as it is, and every other byte, every control
/// character and the backslash as \xHH, so that it fits on a line; text and bytes turn into each other without loss.
/// </summary>
public readonly struct RawPath : IEquatable<RawPath>
{
    /// <summary>By the value of the bytes; what lies in a directory comes after it.</summary>
    public static readonly IComparer<RawPath> Order =
        Comparer<RawPath>.Create((one, other) => one.Bytes.SequenceCompareTo(other.Bytes));

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[]? _bytes;

    public RawPath(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    public ReadOnlySpan<byte> Bytes => _bytes;

    public bool IsEmpty => Bytes.IsEmpty;

    public static implicit operator RawPath(string text) => FromString(text);

    public static bool operator ==(RawPath one, RawPath other) => one.Equals(other);

    public static bool operator !=(RawPath one, RawPath other) => !one.Equals(other);

    /// <param name="text">As <see cref="ToString"/> gives it: @"d\xff" is d and a byte that is no UTF-8.</param>
    public static RawPath FromString(string text)
    {
        var bytes = new List<byte>(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var plain = rest.IndexOf('\\') is >= 0 and var index ? index : rest.Length;
            bytes.AddRange(Strict.GetBytes(rest[..plain].ToString()));
            rest = rest[plain..];
            if (rest.IsEmpty)
                break;
            if (rest.Length < 4 || rest[1] != 'x')
                throw new FormatException($"A backslash is followed by x and two digits, unlike in: {text}");
            bytes.Add(byte.Parse(rest[2..4], NumberStyles.AllowHexSpecifier));
            rest = rest[4..];
        }

        return new RawPath([.. bytes]);
    }

    /// <summary>The path of something below this one.</summary>
    public RawPath Combine(RawPath below) =>
        IsEmpty ? below : below.IsEmpty ? this : new RawPath([.. Bytes, (byte)'/', .. below.Bytes]);

    /// <summary>The directory it is in; empty for one that has none.</summary>
    public RawPath Parent() => new(Bytes[..Math.Max(0, Bytes.LastIndexOf((byte)'/'))]);

    public bool Equals(RawPath other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is RawPath other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var rest = Bytes; !rest.IsEmpty;)
        {
            var valid = Rune.DecodeFromUtf8(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (valid && !Rune.IsControl(rune) && rune.Value != '\\')
                text.Append(rune.ToString());
            else
                AppendEscaped(text, rest[..length]);
            rest = rest[length..];
        }

        return text.ToString();
    }

    private static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            text.Append($"\\x{value:x2}");
    }
}
