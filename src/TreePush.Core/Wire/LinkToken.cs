using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TreePush.Core.Wire;

/// <summary>
/// The token that a child shows its parent. It proves that the controller, which alone shares the parent's secret, wants this
/// link. It is valid for one connection.
/// </summary>
public static class LinkToken
{
    public const int Size = HMACSHA256.HashSizeInBytes;

    /// <summary>The size of a relay's secret, in bytes.</summary>
    public const int SecretSize = 32;

    public static byte[] Make(ReadOnlySpan<byte> secret, int link)
    {
        Span<byte> text = stackalloc byte[17];
        "treepush-link"u8.CopyTo(text);
        BinaryPrimitives.WriteInt32BigEndian(text[13..], link);
        return HMACSHA256.HashData(secret, text);
    }

    public static bool IsValid(ReadOnlySpan<byte> secret, int link, ReadOnlySpan<byte> token) =>
        CryptographicOperations.FixedTimeEquals(Make(secret, link), token);
}
