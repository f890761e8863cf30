using System.Text;
using TreePush.Core.Manifests;
using TreePush.Relay.Files;

namespace TreePush.Relay.Tests.Files;

public sealed class ScanningASource : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public void Entries_come_depth_first_in_the_order_of_paths()
    {
        foreach (string file in (string[])["a/b", "a-b", "a.c/d/e", "Z", "a/é"]) _place.Write("source/" + file);
        var (entries, faults) = _place.Scan();
        faults.Should().BeEmpty();
        Names(entries).Should().Equal(".", "Z", "a", "a/b", "a/é", "a-b", "a.c", "a.c/d", "a.c/d/e");
        entries.Select(e => e.Path).Should().BeInAscendingOrder();
    }

    [Fact]
    public void Entry_says_kind_mode_size_time_and_where_a_link_leads()
    {
        _place.Write("source/f", "12345");
        _place.Link("source/l", "f/../nowhere");
        Machine.Shell("chmod 6751 \"$1/f\"; touch -d '2001-02-03 04:05:06.123456789Z' \"$1/f\"; touch -hd '1960-01-01 00:00:00.5Z' \"$1/l\"", _place.Source);
        var entries = _place.Scan().Entries;
        entries[1].Should().Be(new ManifestEntry(RelativePath.Of("f"), EntryKind.File, Convert.ToInt32("6751", 8), 981_173_106_123_456_789, 5));
        entries[2].Should().Be(new ManifestEntry(RelativePath.Of("l"), EntryKind.Symlink, Convert.ToInt32("777", 8), -315_619_199_500_000_000, 0) { LinkTarget = ByteString.OfText("f/../nowhere") });
    }

    [Fact]
    public void Names_of_any_bytes_are_taken()
    {
        _place.Make("source");
        Machine.Shell("cd \"$1\"; touch -- \"$(printf 'a\\nb')\" \"$(printf 'x\\377y')\" ' ' '-rf' \"$(printf '%0255d' 7)\"", _place.Source);
        var entries = _place.Scan().Entries;
        Names(entries).Should().Equal(".", " ", "-rf", new string('0', 254) + "7", "a\\x0ab", "x\\xffy");
        foreach (var entry in entries.Skip(1)) _place.OpenSource().OpenFile(entry.Path).Dispose();
    }

    [Fact]
    public void What_cannot_be_brought_over_is_told_and_skipped()
    {
        _place.Write("source/.f.treepush-part");
        _place.Write("source/f.treepush-part");
        Machine.Shell("mkfifo \"$1/pipe\"", _place.Source);
        var (entries, faults) = _place.Scan();
        Names(entries).Should().Equal(".", "f.treepush-part");
        faults.Select(f => (f.Path.ToString(), f.Kind)).Should().Equal((".f.treepush-part", FileFaultKind.Temporary), ("pipe", FileFaultKind.Special));
    }

    [Fact]
    public void What_cannot_be_read_is_told_and_the_rest_goes_on()
    {
        _place.Write("source/d/hidden");
        _place.Write("source/f");
        _place.Write("source/g");
        Machine.Shell("chmod 0 \"$1/d\" \"$1/f\"", _place.Source);
        Machine.AsNobody(_place.Directory, () =>
        {
            var (entries, faults) = _place.Scan();
            Names(entries).Should().Equal(".", "d", "g");
            faults.Select(f => (f.Path.ToString(), f.Kind)).Should().Equal(("d", FileFaultKind.Permission), ("f", FileFaultKind.Permission));
            faults[1].Text.Should().Be("can't read the file: Permission denied");
        });
    }

    [Fact]
    public void Excluded_directory_is_not_entered()
    {
        _place.Write("source/d/a");
        _place.Write("source/e/a");
        Names(_place.Scan(PathFilter.Parse([(false, "/d/")]).Filter).Entries).Should().Equal(".", "e", "e/a");
    }

    [Fact]
    public void Owners_have_names_and_numbers()
    {
        _place.Write("source/f");
        string expected = Machine.Shell("stat -c '%u %g %U %G' \"$1/f\"", _place.Source).Trim();
        var owner = _place.Scan(withOwners: true).Entries[1].Owner!;
        $"{owner.UserId} {owner.GroupId} {owner.UserName} {owner.GroupName}".Should().Be(expected);
    }

    [Fact]
    public void Single_file_is_the_root_even_behind_a_link()
    {
        _place.Write("real/f", "text");
        _place.Link("source", "real/f");
        var source = _place.OpenSource();
        source.IsFile.Should().BeTrue();
        Encoding.UTF8.GetString(source.Name.Span).Should().Be("source");
        var entry = _place.Scan().Entries.Should().ContainSingle().Which;
        entry.Should().Match<ManifestEntry>(e => e.Path.IsRoot && e.Kind == EntryKind.File && e.Size == 4);
        using var file = source.OpenFile(RelativePath.Root);
        file.StateFor(entry).Should().Be(FileState.Unchanged);
    }

    [Fact]
    public void Link_to_a_directory_at_the_root_is_followed()
    {
        _place.Write("real/f");
        _place.Link("source", "real");
        Names(_place.Scan().Entries).Should().Equal(".", "f");
    }

    [Fact]
    public void Source_that_is_not_there_is_named()
    {
        var fault = ((Action)(() => _place.OpenSource())).Fault();
        fault.Kind.Should().Be(FileFaultKind.Missing);
        fault.Text.Should().Be($"can't open SRC {_place.Source}: No such file or directory");
        Machine.Shell("mkfifo \"$1\"", _place.Source);
        ((Action)(() => _place.OpenSource())).Fault().Kind.Should().Be(FileFaultKind.Special);
    }

    [Fact]
    public void Changed_and_replaced_files_are_told_from_those_that_are_as_they_were()
    {
        foreach (string file in (string[])["same", "changed", "replaced"]) _place.Write("source/" + file, "1234");
        var source = _place.OpenSource();
        var readers = _place.Scan().Entries.Skip(1).Select(e => (Entry: e, File: source.OpenFile(e.Path))).ToList();
        File.AppendAllText(_place["source/changed"], "5");
        Machine.Shell("cp -p \"$1/replaced\" \"$1/other\"; mv \"$1/other\" \"$1/replaced\"", _place.Source);
        readers.Select(r => (r.Entry.Path.ToString(), r.File.StateFor(r.Entry))).Should().Equal(
            ("changed", FileState.Changed), ("replaced", FileState.Changed), ("same", FileState.Unchanged));
        readers.ForEach(r => r.File.Dispose());
    }

    [Fact]
    public void Name_is_gone_only_where_the_directory_that_was_listed_is_readable_and_lacks_it()
    {
        foreach (string file in (string[])["a/f", "b/f", "c/f", "d/f", "e/x/f"]) _place.Write("source/" + file);
        var source = _place.OpenSource();
        source.Scan(PathFilter.Everything, default, _ => { }, _ => { }, CancellationToken.None);
        Machine.Shell("cd \"$1\"; rm a/f c/f d/f; rm -r e; mv b b2; mkdir b; rm -r b2; mv c c2; mkdir c; chmod 0 d", _place.Source);
        Machine.AsNobody(_place.Directory, () =>
            new[] { "a/f", "b/f", "c/f", "d/f", "e/x/f", "e", "a", "" }.Where(p => source.IsGone(RelativePath.Of(p))).Should().Equal("a/f", "e/x/f", "e"));
    }

    private static IEnumerable<string> Names(IEnumerable<ManifestEntry> entries) => entries.Select(e => e.Path.ToString());

    public void Dispose() => _place.Dispose();
}
