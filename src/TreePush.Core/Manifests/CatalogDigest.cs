using System.Security.Cryptography;
using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>A digest of a whole manifest. It is equal on two hosts if and only if their manifests describe the same tree.</summary>
public static class CatalogDigest
{
    /// <summary>Returns the SHA-256 of the encoded entries that are not withdrawn.</summary>
    public static byte[] Of(Catalog catalog)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var writer = new WireWriter();
        for (int i = 0; i < catalog.Entries.Count; i++)
        {
            if (catalog.IsWithdrawn(i)) continue;
            writer.Clear();
            EntryCodec.Write(writer, catalog.Entries[i], []);
            sha.AppendData(writer.Written);
        }

        return sha.GetHashAndReset();
    }
}
