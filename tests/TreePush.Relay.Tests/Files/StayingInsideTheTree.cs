using System.Text;
using TreePush.Core.Manifests;
using TreePush.Relay.Files;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Tests.Files;

/// <summary>Links, also ones that appear while we work, lead nothing of ours outside.</summary>
public sealed class StayingInsideTheTree : IDisposable
{
    private readonly Workplace _place = new();

    public StayingInsideTheTree()
    {
        _place.Write("outside/f", "secret");
        _place.Write("outside/sub/f", "secret");
    }

    [Fact]
    public void Link_in_the_source_is_not_read_through()
    {
        _place.Link("source/d", "../outside");
        _place.Link("source/l", "../outside/f");
        foreach (string path in (string[])["d/f", "l", "d/sub/f"])
            ((Action)(() => _place.OpenSource().OpenFile(RelativePath.Of(path)))).Fault().Kind.Should().Be(FileFaultKind.Changed);
        _place.Scan().Entries.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("../outside/new")]
    [InlineData("..")]
    [InlineData("/tmp/new")]
    [InlineData("")]
    public void Name_that_the_source_gives_its_file_leads_nowhere_else(string name)
    {
        _place.Make("target");
        ((Action)(() => _place.OpenTarget(_place.Target + "/", sourceFile: name))).Fault().Text.Should().EndWith("which is not the name of a file");
    }

    [Fact]
    public void Name_with_a_slash_reaches_no_call_in_a_directory()
    {
        int directory = At.Open(At.CurrentDirectory, Encoding.UTF8.GetBytes(_place.Make("source")), Open.DirectoryInside);
        At.Open(directory, "../outside/f"u8, Open.FileInside).Should().Be(-Errno.NameTooLong);
        At.Rename(directory, "f"u8, "../outside/f"u8).Should().Be(-Errno.NameTooLong);
        At.MakeDirectory(directory, "../outside/new"u8, 0).Should().Be(-Errno.NameTooLong);
        Opened.Close(directory);
    }

    [Fact]
    public void Directory_swapped_for_a_link_while_the_source_is_read_is_not_followed()
    {
        _place.Write("source/d/sub/f", "inside");
        var source = _place.OpenSource();
        var manifest = _place.Scan().Entries;
        Swap("source/d");
        ((Action)(() => source.OpenFile(RelativePath.Of("d/sub/f")))).Fault().Kind.Should().Be(FileFaultKind.Changed);
        manifest.Should().HaveCount(4);
    }

    [Fact]
    public void File_swapped_for_a_link_after_it_was_opened_is_found_changed()
    {
        _place.Write("source/f", "inside");
        var source = _place.OpenSource();
        using var file = source.OpenFile(RelativePath.Of("f"));
        Machine.Shell("rm \"$1/source/f\"; ln -s ../outside/f \"$1/source/f\"", _place.Directory);
        file.StateFor(_place.Scan().Entries[1]).Should().Be(FileState.Changed);
    }

    [Theory]
    [InlineData("d/f")]
    [InlineData("d/sub/f")]
    [InlineData("d/new/f")]
    public void Link_where_a_directory_should_be_is_replaced_by_one(string path)
    {
        _place.Link("target/d", "../outside");
        var target = _place.OpenTarget();
        target.Compare(Entries.File(path, "secret")).Should().Be(Comparison.Missing);
        target.Compare(Entries.Directory("d")).Should().Be(Comparison.Missing);
        target.Put(path, "mine");
        target.PutInPieces(path + "2", "mine");
        target.MakeDirectory(Entries.Directory("d/sub"));
        _place.Text("target/" + path).Should().Be("mine");
        new DirectoryInfo(_place["target/d"]).LinkTarget.Should().BeNull();
        OutsideIsUntouched();
    }

    [Fact]
    public void Directory_swapped_for_a_link_while_the_target_is_written_is_not_followed()
    {
        var target = _place.OpenTarget();
        using var partial = target.BeginFile(Entries.File("d/f", "text"), keep: false);
        partial.Write(0, "text"u8);
        target.Put("x", "leave d");
        Swap("target/d");
        Record.Exception(partial.Name).Should().BeOfType<FileFaultException>();
        target.Put("d/sub/f", "text");
        target.ApplyMetadata(Entries.File("d/sub/f", "text", mode: 0));
        OutsideIsUntouched();
    }

    [Fact]
    public void Directory_that_somebody_keeps_swapping_for_a_link_is_never_followed()
    {
        _place.Write("target/d/sub/f", "inside");
        var target = _place.OpenTarget();
        using var done = new CancellationTokenSource();
        var swapper = new Thread(() =>
        {
            while (!done.IsCancellationRequested) Record.Exception(SwapBackAndForth);
        });
        swapper.Start();
        for (int i = 0; i < 1000; i++)
        {
            if (i % 2 == 0) target.Put("x", "leave d");
            Record.Exception(() => target.Put("d/sub/f", "mine")).Should().Match<Exception?>(e => e == null || e is FileFaultException);
            Record.Exception(() => target.PutInPieces("d/f", "mine")).Should().Match<Exception?>(e => e == null || e is FileFaultException);
        }

        done.Cancel();
        swapper.Join();
        OutsideIsUntouched();
    }

    private void SwapBackAndForth()
    {
        // Once in a while the link was replaced by a directory before we came to it.
        if (Directory.Exists(_place["target/moved"])) Directory.Delete(_place["target/moved"], recursive: true);
        Directory.Move(_place["target/d"], _place["target/moved"]);
        File.CreateSymbolicLink(_place["target/d"], "../outside");
        File.Delete(_place["target/d"]);
        Directory.Move(_place["target/moved"], _place["target/d"]);
    }

    [Fact]
    public void Link_where_a_file_should_be_is_replaced_and_not_written_through()
    {
        foreach (string name in (string[])["a", "b", "c", ".a.treepush-part", ".b.treepush-part", ".c.treepush-part"]) _place.Link("target/" + name, "../outside/f");
        var target = _place.OpenTarget();
        ((Action)(() => target.OpenFile(RelativePath.Of("a")))).Fault().Kind.Should().Be(FileFaultKind.Changed);
        ((Action)(() => target.ApplyMetadata(Entries.File("a", mode: 0)))).Fault().Kind.Should().Be(FileFaultKind.Changed);
        target.Put("a", "1");
        target.PutInPieces("b", "23");
        target.MakeSymlink(Entries.Link("c", "/nowhere"));
        _place.Text("target/a").Should().Be("1");
        _place.Text("target/b").Should().Be("23");
        OutsideIsUntouched();
    }

    [Fact]
    public void Another_files_second_name_is_not_written_through()
    {
        _place.Make("target");
        Machine.Shell("ln \"$1/outside/f\" \"$1/target/.f.treepush-part\"", _place.Directory);
        _place.OpenTarget().PutInPieces("f", "text");
        OutsideIsUntouched();
    }

    [Fact]
    public void Deleting_does_not_follow_links()
    {
        _place.Link("target/d/l", "../../outside");
        _place.Link("target/m", "../outside");
        _place.OpenTarget().Delete(new DeletionRules(_ => null, PathFilter.Everything, DryRun: false), _ => { }, f => Assert.Fail(f.ToString()));
        Directory.GetFileSystemEntries(_place.Target).Should().BeEmpty();
        OutsideIsUntouched();
    }

    [Fact]
    public void Replacing_a_directory_by_force_does_not_follow_links()
    {
        _place.Link("target/d/e/l", "../../../outside");
        _place.OpenTarget(force: true).Put("d", "text");
        _place.Text("target/d").Should().Be("text");
        OutsideIsUntouched();
    }

    [Fact]
    public void Link_to_a_directory_is_followed_at_the_root_alone()
    {
        _place.Make("real");
        _place.Link("target", "real");
        _place.OpenTarget().Put("f", "text");
        _place.Text("real/f").Should().Be("text");
        new DirectoryInfo(_place.Target).LinkTarget.Should().Be("real");
    }

    private void Swap(string directory) =>
        Machine.Shell("mv \"$1\" \"$1.moved\"; ln -s \"$2\" \"$1\"", _place[directory], _place["outside"]);

    private void OutsideIsUntouched()
    {
        Directory.GetFileSystemEntries(_place["outside"], "*", SearchOption.AllDirectories).Should().BeEquivalentTo(_place["outside/f"], _place["outside/sub"], _place["outside/sub/f"]);
        _place.Text("outside/f").Should().Be("secret");
        _place.Text("outside/sub/f").Should().Be("secret");
        File.GetUnixFileMode(_place["outside/f"]).Should().HaveFlag(UnixFileMode.UserRead);
    }

    public void Dispose() => _place.Dispose();
}
