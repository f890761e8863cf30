using System.Security.Cryptography;
using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>One value for a whole manifest: equal on two hosts if and only if both speak of the same tree.</summary>
public static class CatalogDigest
{
    /// <summary>SHA-256 over the encoded entries, without those that were withdrawn.</summary>
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
