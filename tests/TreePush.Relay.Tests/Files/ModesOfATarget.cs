using TreePush.Core.Manifests;
using TreePush.Relay.Files;

namespace TreePush.Relay.Tests.Files;

/// <summary>Nobody may do more with what is at a target than the source says: not during a run, and not after it.</summary>
public sealed class ModesOfATarget : IDisposable
{
    private const int SetUser = 0b100_111_101_101, Private = 0b111_000_000;

    private readonly Workplace _place = new();

    [Fact]
    public void New_directories_are_private_until_they_are_finished()
    {
        var target = _place.OpenTarget(_place["above/target"]);
        target.Put("d/e/f", "text");
        target.MakeDirectory(Entries.Directory("empty"));
        foreach (string made in (string[])["above/target", "above/target/d", "above/target/d/e", "above/target/empty"]) ModeOf(made).Should().Be("700", made);
        ManifestEntry[] directories = [Entries.Directory("", Private), Entries.Directory("d"), Entries.Directory("d/e"), Entries.Directory("empty")];
        target.FinishDirectories(directories, f => Assert.Fail(f.ToString()));
        ModeOf("above/target").Should().Be("700");
        ModeOf("above/target/d").Should().Be("755");
    }

    [Theory]
    [InlineData(0b100_111_101_101, "755")]
    [InlineData(0b010_111_101_101, "755")]
    [InlineData(0b110_111_101_000, "750")]
    [InlineData(0b001_110_100_100, "1644")]
    public void File_whose_owner_is_not_brought_loses_its_set_id_bits(int mode, string result)
    {
        var target = _place.OpenTarget();
        var entry = Entries.File("f", "text", mode);
        target.WriteWhole(entry, "text"u8);
        ModeOf("target/f").Should().Be(result);
        target.Compare(entry).Lack.Should().Be(Lack.Nothing, "it is as it should be, and is not sent again");
    }

    [Fact]
    public void Set_id_bits_that_are_there_already_go_where_the_owner_is_not_brought()
    {
        var target = _place.OpenTarget();
        var entry = Entries.File("f", "text", SetUser);
        target.WriteWhole(entry, "text"u8);
        Machine.Shell("chmod 4755 \"$1\"", _place["target/f"]);
        target.Compare(entry).Lack.Should().Be(Lack.Metadata);
        target.ApplyMetadata(entry);
        ModeOf("target/f").Should().Be("755");
    }

    [FactAsRoot]
    public void File_whose_owner_is_brought_keeps_its_set_id_bits()
    {
        var target = _place.OpenTarget();
        var entry = Entries.File("f", "text", SetUser) with { Owner = new EntryOwner(1234, 1234, null, null) };
        target.WriteWhole(entry, "text"u8);
        Machine.Shell("stat -c '%a %u' \"$1\"", _place["target/f"]).Trim().Should().Be("4755 1234");
        target.Compare(entry).Lack.Should().Be(Lack.Nothing);
    }

    [Fact]
    public void Directory_keeps_its_set_group_bit()
    {
        var target = _place.OpenTarget();
        var entry = Entries.Directory("d", 0b010_111_101_101);
        target.MakeDirectory(entry);
        target.FinishDirectories([entry], f => Assert.Fail(f.ToString()));
        ModeOf("target/d").Should().Be("2755");
    }

    [Theory]
    [InlineData("600", "left", 4)]
    [InlineData("700", "left", 4)]
    [InlineData("444", "left", 4)]
    [InlineData("666", "", 0)]
    [InlineData("755", "", 0)]
    public void Leftover_is_private_before_anything_goes_into_it_and_begun_anew_where_others_could_do_more_than_the_source_says(string mode, string kept, int length)
    {
        _place.Write("target/.f.treepush-part", "left");
        Machine.Shell("chmod \"$2\" \"$1\"", _place["target/.f.treepush-part"], mode);
        using var partial = _place.OpenTarget().BeginFile(Entries.File("f", "left over"), keep: true);
        ModeOf("target/.f.treepush-part").Should().Be("600");
        partial.KeptSize.Should().Be(length);
        byte[] read = new byte[length];
        partial.Read(0, read);
        read.Should().Equal(kept.Select(c => (byte)c));
    }

    public void Dispose() => _place.Dispose();

    private string ModeOf(string path) => Machine.Shell("stat -c %a \"$1\"", _place[path]).Trim();
}
