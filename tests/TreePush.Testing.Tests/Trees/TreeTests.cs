using System.Diagnostics;

namespace TreePush.Testing.Tests.Trees;

public sealed class TreeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tp-tree-").FullName;

    public void Dispose() => Process.Start("rm", ["-rf", _directory]).WaitForExit();

    [Fact]
    public async Task What_is_made_is_what_is_read()
    {
        var tree = new TreeLiteral()
            .File("a/hello", "hello\n", mode: "4750", modified: new UnixTime(7, 1))
            .Link("a/link", @"no\x0awhere", modified: new UnixTime(8, 2))
            .Directory("a/empty", mode: "1700", modified: new UnixTime(9, 3))
            .File("b");
        (await ListAsync(tree)).Lines().Should().Equal(
            "directory 0755 - 1767323045.123456789 - - .",
            "directory 0755 - 1767323045.123456789 - - a",
            "directory 1700 - 9.000000003 - - a/empty",
            "file 4750 - 7.000000001 6 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03 a/hello",
            @"link - - 8.000000002 - - a/link -> no\x0awhere",
            "file 0644 - 1767323045.123456789 0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 b");
    }

    [Theory]
    [InlineData(@"a b 'c' ""d"" $e")]
    [InlineData(@"not\xffutf8")]
    [InlineData(@"two\x0alines\x5cback\x09tab")]
    [InlineData("größer")]
    [InlineData("-rf")]
    public async Task Names_are_kept_whatever_their_bytes_are(string name)
    {
        var listing = await ListAsync(new TreeLiteral().RandomFile(name, 1000, seed: 1));
        listing.Entries.Select(entry => entry.Path.ToString()).Should().Equal("", name);
        listing[name].Size.Should().Be(1000);
    }

    [Fact]
    public async Task Sparse_file_takes_no_room()
    {
        var file = (await ListAsync(new TreeLiteral().SparseFile("hole", 100_000_000)))["hole"];
        file.Size.Should().Be(100_000_000);
        file.Allocated.Should().BeLessThan(1_000_000);
    }

    [Fact]
    public async Task Equal_seeds_give_equal_files()
    {
        var listing = await ListAsync(new TreeLiteral()
            .RandomFile("one", 3_000_000, seed: 1).RandomFile("same", 3_000_000, seed: 1).RandomFile("other", 3_000_000, seed: 2));
        listing["one"].Sha256.Should().Be(listing["same"].Sha256).And.NotBe(listing["other"].Sha256);
    }

    [Fact]
    public async Task Only_the_aspects_that_are_asked_for_make_a_difference()
    {
        var one = await ListAsync(new TreeLiteral().File("a", "x", mode: "600", modified: new UnixTime(1, 1)));
        var other = await ListAsync(new TreeLiteral().File("a", "x"), "other");
        one.Lines(TreeAspects.DirectoryTimes).Should().Equal(other.Lines(TreeAspects.DirectoryTimes));
        one.Lines(TreeAspects.Modes).Should().NotEqual(other.Lines(TreeAspects.Modes));
        one.Lines(TreeAspects.FileTimes).Should().NotEqual(other.Lines(TreeAspects.FileTimes));
    }

    [Fact]
    public async Task Sample_of_gosync_differs_where_it_is_said_to()
    {
        var source = (await ListAsync(GosyncSample.Source)).Lines();
        var target = (await ListAsync(GosyncSample.TargetBefore, "target")).Lines();
        target.Intersect(source).Select(line => line.Split(' ')[6])
            .Should().Equal(".", "d1", "d1/f1.txt", "d1/f1s", "f3s", "f4.txt");
        source.Should().HaveCount(13);
        target.Should().HaveCount(13);
    }

    [Fact]
    public void Text_of_a_name_and_its_bytes_turn_into_each_other()
    {
        var random = new Random(1);
        for (var round = 0; round < 1000; round++)
        {
            var bytes = new byte[random.Next(20)];
            random.NextBytes(bytes);
            RawPath.FromString(new RawPath(bytes).ToString()).Bytes.ToArray().Should().Equal(bytes);
        }
    }

    private async Task<TreeListing> ListAsync(TreeLiteral tree, string name = "tree")
    {
        var top = Path.Combine(_directory, name);
        await tree.MakeAsync(top);
        return await TreeListing.ReadAsync(top);
    }
}
