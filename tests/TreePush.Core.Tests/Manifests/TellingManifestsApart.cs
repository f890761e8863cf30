using TreePush.Core.Manifests;

namespace TreePush.Core.Tests.Manifests;

public sealed class TellingManifestsApart
{
    private static readonly ManifestEntry Entry = new(RelativePath.Of("f"), EntryKind.File, 0b110_100_100, 5, 10);

    [Fact]
    public void Same_tree_has_the_same_digest_however_files_are_cut_and_whatever_was_taken_back()
    {
        var other = new Catalog(PieceSize.Most);
        other.Add(Entry with { Size = 9 });
        other.Add(Entry);
        other.Withdraw(0);
        CatalogDigest.Of(other).Should().Equal(Digest(Entry));
    }

    [Fact]
    public void Any_difference_makes_another_digest()
    {
        ManifestEntry[] others =
        [
            Entry with { Path = RelativePath.Of("g") }, Entry with { Size = 11 }, Entry with { ModifiedNs = 6 }, Entry with { Mode = 0 },
            Entry with { Owner = new EntryOwner(0, 0, null, null) }, Entry with { Kind = EntryKind.Directory, Size = 0 },
            Entry with { Kind = EntryKind.Symlink, Size = 0, LinkTarget = ByteString.OfText("f") },
        ];
        others.Select(o => Convert.ToHexString(Digest(o))).Append(Convert.ToHexString(Digest(Entry))).Append(Convert.ToHexString(Digest(Entry, Entry)))
            .Append(Convert.ToHexString(Digest())).Should().OnlyHaveUniqueItems();
    }

    private static byte[] Digest(params ManifestEntry[] entries)
    {
        var catalog = new Catalog(PieceSize.Least);
        foreach (var entry in entries) catalog.Add(entry);
        return CatalogDigest.Of(catalog);
    }
}
