using System.Security.Cryptography;
using System.Text;

namespace TreePush.Relay.Files;

/// <summary>
/// The temporary name of a file while it is incomplete, in the same directory: <c>.NAME.treepush-part</c>. If that is too long,
/// the first 16 hex digits of the name's SHA-256 replace NAME.
/// </summary>
internal static class PartialName
{
    /// <summary>The size of the longest such name, in bytes.</summary>
    public const int Room = RelativePath.LongestName;

    private const int HashDigits = 16;

    private static ReadOnlySpan<byte> Suffix => ".treepush-part"u8;

    /// <returns>The part of <paramref name="buffer"/> that holds the name.</returns>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        buffer[0] = (byte)'.';
        int length = name.Length;
        if (1 + length + Suffix.Length <= Room) name.CopyTo(buffer[1..]);
        else length = WriteHash(name, buffer[1..]);
        Suffix.CopyTo(buffer[(1 + length)..]);
        return buffer[..(1 + length + Suffix.Length)];
    }

    public static bool Is(ReadOnlySpan<byte> name) => name.Length > Suffix.Length + 1 && name[0] == '.' && name.EndsWith(Suffix);

    private static int WriteHash(ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash[..(HashDigits / 2)]), buffer);
    }
}
