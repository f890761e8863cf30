using TreePush.Core.Manifests;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Manifests;

public sealed class EntriesOnTheWire
{
    [Fact]
    public void Entries_that_were_written_are_read_as_they_were()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var entries = Enumerable.Range(0, 20).Select(_ => Any(random)).ToList();
            var writer = new WireWriter();
            ReadOnlySpan<byte> last = [];
            foreach (var entry in entries)
            {
                EntryCodec.Write(writer, entry, last);
                last = entry.Path.Bytes;
            }

            ReadAll(writer.Written, entries.Count).Should().Equal(entries, "of seed {0}", seed);
        }
    }

    [Theory]
    [InlineData("../f")]
    [InlineData("/f")]
    [InlineData("a//f")]
    [InlineData("a/./f")]
    [InlineData("f\0")]
    public void Path_out_of_the_tree_is_refused(string path)
    {
        var writer = new WireWriter();
        writer.Varint(0);
        writer.Text(path);
        writer.Raw([2, 0, 0, 0]);
        FluentActions.Invoking(() => ReadAll(writer.Written, 1)).Should().Throw<WireException>().WithMessage("*out of the tree*");
    }

    [Theory]
    [InlineData("00" + "0166" + "02" + "a403" + "00" + "0a", true, "a file of 10 bytes, 0644")]
    [InlineData("00" + "0166" + "02" + "8020" + "00" + "0a", false, "mode 010000")]
    [InlineData("00" + "0166" + "04" + "a403" + "00" + "0a", false, "no such kind")]
    [InlineData("00" + "0166" + "03" + "ff03" + "00" + "00", false, "a link that leads nowhere")]
    [InlineData("01" + "0166" + "02" + "a403" + "00" + "0a", false, "more of the last path than it had")]
    [InlineData("00" + "0166" + "02" + "a403" + "00" + "8080808080808008", true, "the largest file")]
    [InlineData("00" + "0166" + "02" + "a403" + "00" + "8180808080808008", false, "larger than the largest")]
    [InlineData("00" + "0166" + "82" + "a403" + "00" + "0a" + "ffffffff0f" + "00" + "00" + "00", true, "with the owner 4294967295")]
    [InlineData("00" + "0166" + "82" + "a403" + "00" + "0a" + "8080808010" + "00" + "00" + "00", false, "with an owner beyond")]
    public void Entry_holds_what_a_file_system_can_hold(string hex, bool valid, string what)
    {
        var reading = FluentActions.Invoking(() => ReadAll(Convert.FromHexString(hex), 1));
        if (valid) reading.Should().NotThrow(what);
        else reading.Should().Throw<WireException>(what);
    }

    private static List<ManifestEntry> ReadAll(ReadOnlySpan<byte> bytes, int count)
    {
        var entries = new List<ManifestEntry>();
        var reader = new WireReader(bytes);
        for (int i = 0; i < count; i++)
        {
            var last = i == 0 ? [] : entries[i - 1].Path.Bytes;
            entries.Add(EntryCodec.Read(ref reader, last));
        }

        reader.End();
        return entries;
    }

    private static ManifestEntry Any(Random random)
    {
        var kind = (EntryKind)random.Next(1, 4);
        return new ManifestEntry(Path(random), kind, random.Next(0x1000), random.NextInt64(long.MinValue, long.MaxValue),
            kind == EntryKind.File ? random.NextInt64(PieceSize.LargestFile) >> random.Next(52) : 0)
        {
            LinkTarget = kind == EntryKind.Symlink ? new ByteString(Name(random)) : default,
            Owner = random.Next(2) == 0 ? null : new EntryOwner((uint)random.NextInt64(1L << 32), (uint)random.Next(), random.Next(2) == 0 ? null : "né", null),
        };
    }

    private static RelativePath Path(Random random)
    {
        var path = RelativePath.Root;
        for (int i = random.Next(5); i > 0; i--)
            if (path.TryChild(Name(random), out var child)) path = child;
        return path;
    }

    /// <summary>Any bytes that a name may have; few, so that neighbours have some in common.</summary>
    private static byte[] Name(Random random) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(3) == 0 ? (byte)0xFF : (byte)'a')];
}
