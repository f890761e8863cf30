using System.Security.Cryptography;

namespace TreePush.Core.Wire;

/// <summary>Checks the public key of a relay: a SubjectPublicKeyInfo of ECDSA over P-256.</summary>
public static class RelayKey
{
    private const int Size = 91;

    /// <summary>
    /// The bytes before the point's two coordinates, equal in every such key. A key of another kind is not parsed at all: for an
    /// unknown curve, the runtime may throw any exception.
    /// </summary>
    private static ReadOnlySpan<byte> Head =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    /// <summary>Whether the bytes are such a key and nothing else. An invalid key would end every relay that is told to trust it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size || !key.StartsWith(Head)) return false;
        using var parsed = ECDsa.Create();
        try
        {
            parsed.ImportSubjectPublicKeyInfo(key, out int read);
            return read == key.Length;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
