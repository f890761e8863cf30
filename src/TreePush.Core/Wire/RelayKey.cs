using System.Security.Cryptography;

namespace TreePush.Core.Wire;

/// <summary>The public key of a relay: SubjectPublicKeyInfo of ECDSA over P-256.</summary>
public static class RelayKey
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Whether the bytes are such a key and nothing else. One that is not would end every relay that is told to trust it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> key)
    {
        using var parsed = ECDsa.Create();
        try
        {
            parsed.ImportSubjectPublicKeyInfo(key, out int read);
            return read == key.Length && parsed.ExportParameters(false).Curve.Oid.Value == P256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
