using TreePush.Core.Manifests;
using TreePush.Relay.Files;

namespace TreePush.Relay.Tests.Files;

public sealed class ConflictsAndLocks : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public void Directory_and_file_do_not_replace_each_other()
    {
        _place.Write("target/d/f", "old");
        _place.Write("target/f", "old");
        var target = _place.OpenTarget();
        target.Compare(Entries.File("d")).Lack.Should().Be(Lack.Conflict);
        target.Compare(Entries.Link("d", "x")).Lack.Should().Be(Lack.Conflict);
        target.Compare(Entries.Directory("f")).Lack.Should().Be(Lack.Conflict);
        target.Compare(Entries.Link("f", "x")).Lack.Should().Be(Lack.Content);
        foreach (Action act in (Action[])[() => target.Put("d", "new"), () => target.MakeSymlink(Entries.Link("d", "x")), () => target.MakeDirectory(Entries.Directory("f")), () => target.Put("f/g", "new")])
            act.Fault().Should().Match<FileFault>(f => f.Kind == FileFaultKind.Conflict && f.Text.Contains("--force"));
        Directory.GetFileSystemEntries(_place.Target).Should().HaveCount(2, "no temporary stays");
    }

    [Fact]
    public void Directory_and_file_replace_each_other_by_force()
    {
        _place.Write("target/d/e/f", "old");
        _place.Write("target/f", "old");
        var target = _place.OpenTarget(force: true);
        target.Compare(Entries.File("d")).Lack.Should().Be(Lack.Content);
        target.Put("d", "new");
        target.Put("f/g", "new");
        _place.Text("target/d").Should().Be("new");
        _place.Text("target/f/g").Should().Be("new");
    }

    [Fact]
    public void Directory_inside_another_is_replaced_by_force_as_well()
    {
        foreach (string name in new[] { "f", "g" }) _place.Write($"target/d/{name}/old", "old");
        var target = _place.OpenTarget(force: true);
        target.Put("d/f", "new");
        target.MakeSymlink(Entries.Link("d/g", "f"));
        _place.Text("target/d/g").Should().Be("new");
    }

    [Fact]
    public void Root_is_not_replaced_by_another_kind_without_force()
    {
        _place.Write("file", "old");
        _place.Make("folder/sub");
        _place.Link("dangling", "nowhere");
        ((Action)(() => _place.OpenTarget(_place["file"]))).Fault().Text.Should().Be($"DEST {_place["file"]} is not a directory: use --force to replace it");
        ((Action)(() => _place.OpenTarget(_place["file/"]))).Fault().Kind.Should().Be(FileFaultKind.Conflict);
        ((Action)(() => _place.OpenTarget(_place["dangling"]))).Fault().Kind.Should().Be(FileFaultKind.Conflict);
        ((Action)(() => _place.OpenTarget(_place["folder"], sourceFile: "f"))).Fault().Text.Should().Contain("end DEST with a slash");
        ((Action)(() => _place.OpenTarget(_place["folder/."], sourceFile: "f"))).Fault().Kind.Should().Be(FileFaultKind.Conflict);
        ((Action)(() => _place.OpenTarget(_place["file/below"]))).Fault().Kind.Should().Be(FileFaultKind.Changed);
        _place.OpenTarget(_place["file"], force: true).Put("f", "new");
        _place.OpenTarget(_place["folder"], force: true, sourceFile: "f").Put("", "new");
        _place.Text("file/f").Should().Be("new");
        _place.Text("folder").Should().Be("new");
    }

    [Fact]
    public void File_that_another_run_writes_is_not_touched()
    {
        using var first = _place.OpenTarget().BeginFile(Entries.File("f", "1234"), keep: false);
        first.Write(0, "12"u8);
        var second = _place.OpenTarget();
        var fault = ((Action)(() => second.BeginFile(Entries.File("f", "ab"), keep: false))).Fault();
        fault.Should().Match<FileFault>(f => f.Kind == FileFaultKind.Locked && f.Text == "another run is writing this file");
        ((Action)(() => second.Put("f", "ab"))).Fault().Kind.Should().Be(FileFaultKind.Locked);
        second.Delete(new DeletionRules(_ => null, PathFilter.Everything, DryRun: false), _ => { }, _ => { });
        first.Write(2, "34"u8);
        first.Complete();
        first.Name();
        _place.Text("target/f").Should().Be("1234");
        second.Put("f", "ab");
        _place.Text("target/f").Should().Be("ab");
    }

    [Fact]
    public void What_an_earlier_run_left_can_be_kept_or_thrown_away()
    {
        var target = _place.OpenTarget();
        var entry = Entries.File("f", "12345678");
        using (var first = target.BeginFile(entry, keep: false))
        {
            first.KeptSize.Should().Be(0);
            first.Write(0, "1234"u8);
            first.Abandon(keep: true);
        }

        using (var second = target.BeginFile(entry, keep: true))
        {
            second.KeptSize.Should().Be(8);
            byte[] kept = new byte[8];
            second.Read(0, kept);
            kept.Should().Equal("1234\0\0\0\0"u8.ToArray());
            second.Write(0, new byte[4]);
            second.Read(0, kept);
            kept.Should().Equal(new byte[8], "zeros are written over what was kept");
            second.Abandon(keep: true);
        }

        using (var third = target.BeginFile(entry, keep: false)) third.Abandon(keep: false);
        Directory.GetFileSystemEntries(_place.Target).Should().BeEmpty();
    }

    [Fact]
    public void Leftover_of_another_size_is_cut()
    {
        _place.Write("target/.f.treepush-part", "123456789");
        _place.Write("target/.g.treepush-part", "123456789");
        var target = _place.OpenTarget();
        using var partial = target.BeginFile(Entries.File("f", "1234"), keep: true);
        partial.KeptSize.Should().Be(4);
        partial.Complete();
        partial.Name();
        target.Put("g", "ab");
        _place.Text("target/f").Should().Be("1234");
        _place.Text("target/g").Should().Be("ab");
    }

    [Fact]
    public void Places_inside_each_other_are_recognised()
    {
        _place.Make("source/sub");
        _place.Make("target");
        _place.Write("file");
        _place.Link("link", "source/sub");
        var source = _place.OpenSource().Place();
        source.Contains(_place.OpenTarget(_place["source"]).Place()).Should().BeTrue();
        source.Contains(_place.OpenTarget(_place["source/sub"]).Place()).Should().BeTrue();
        source.Contains(_place.OpenTarget(_place["source/not/yet"]).Place()).Should().BeTrue();
        source.Contains(_place.OpenTarget(_place["link/not/yet"]).Place()).Should().BeTrue();
        source.Contains(_place.OpenTarget(_place["source/f"], sourceFile: "f").Place()).Should().BeTrue();
        source.Contains(_place.OpenTarget().Place()).Should().BeFalse();
        source.Contains(_place.OpenTarget(_place["not/yet"]).Place()).Should().BeFalse();
        _place.OpenTarget(_place.Directory).Place().Contains(source).Should().BeTrue();
        _place.OpenTarget(_place["not/yet"]).Place().Contains(source).Should().BeFalse();
        _place.OpenSource(_place["file"]).Place().Contains(_place.OpenTarget(_place["file"], sourceFile: "file").Place()).Should().BeTrue();
        (source with { Machine = "another" }).Contains(source).Should().BeFalse();
    }

    public void Dispose() => _place.Dispose();
}
