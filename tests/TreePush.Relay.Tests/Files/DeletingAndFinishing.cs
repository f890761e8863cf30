using TreePush.Core.Manifests;
using TreePush.Relay.Files;

namespace TreePush.Relay.Tests.Files;

public sealed class DeletingAndFinishing : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Workplace _place = new();
    private readonly List<string> _deleted = [];
    private readonly List<FileFault> _faults = [];

    [Fact]
    public void What_the_manifest_lacks_goes_contents_first()
    {
        foreach (string file in (string[])["keep/f", "keep/g", "old/a/b", "old/c"]) _place.Write("target/" + file);
        Delete(["keep", "keep/f"]);
        _deleted.Should().Equal("keep/g", "old/a/b", "old/a", "old/c", "old");
        Left().Should().BeEquivalentTo("keep", "keep/f");
    }

    [Fact]
    public void Excluded_paths_are_protected_with_the_directories_that_hold_them()
    {
        foreach (string file in (string[])["old/a/x.log", "old/b/f", "logs/f", "z.log"]) _place.Write("target/" + file);
        Delete([], exclude: ["*.log", "/logs/"]);
        _deleted.Should().Equal("old/b/f", "old/b");
        Left().Should().BeEquivalentTo("logs", "logs/f", "old", "old/a", "old/a/x.log", "z.log");
        _faults.Should().BeEmpty();
    }

    [Fact]
    public void Files_are_served_while_others_are_deleted()
    {
        foreach (string file in (string[])["keep/f", "old/a/b"]) _place.Write("target/" + file, "content");
        int read = 0;
        var target = _place.OpenTarget();
        using var watch = new Watchpoint(_place.Target, (call, path) =>
        {
            if (call == "getdents64" && path.EndsWith("/old/a", StringComparison.Ordinal)) read = read = Task.Run(() => Read(target, "keep/f")).WaitAsync(Patience).GetAwaiter().GetResult();
            return 0;
        });
        Delete(target, ["keep", "keep/f"], [], dryRun: false);
        read.Should().Be("content".Length);
        Left().Should().BeEquivalentTo("keep", "keep/f");
    }

    [Fact]
    public void What_the_source_skips_is_left_alone_with_all_it_holds()
    {
        foreach (string file in (string[])["pipe", "d/mount/f", "d/g", ".f.treepush-part", "other"]) _place.Write("target/" + file);
        var rules = new DeletionRules(p => $"{p}" == "d" ? EntryKind.Directory : null, PathFilter.Everything, DryRun: false)
        {
            Skipped = new HashSet<RelativePath>(new[] { "pipe", "d/mount", ".f.treepush-part" }.Select(RelativePath.Of)),
        };
        _place.OpenTarget().Delete(rules, p => _deleted.Add($"{p}"), _faults.Add);
        _deleted.Should().Equal("d/g", "other");
        Left().Should().BeEquivalentTo(".f.treepush-part", "d", "d/mount", "d/mount/f", "pipe");
    }

    [Fact]
    public void Dry_run_tells_the_same_and_deletes_nothing()
    {
        foreach (string file in (string[])["old/a/b", "old/.b.treepush-part", "f", ".g.treepush-part"]) _place.Write("target/" + file);
        var before = Left();
        Delete(["f"], dryRun: true);
        Left().Should().BeEquivalentTo(before);
        List<string> told = [.. _deleted];
        _deleted.Clear();
        Delete(["f"]);
        _deleted.Should().Equal(told).And.Equal("old/a/b", "old/a", "old");
        Left().Should().Equal("f");
    }

    [Fact]
    public void Target_that_is_missing_or_a_single_file_has_nothing_to_delete()
    {
        Delete([]);
        _place.Write("folder/other");
        _place.OpenTarget(_place["folder/f"], sourceFile: "f").Delete(new DeletionRules(_ => null, PathFilter.Everything, DryRun: false), p => _deleted.Add($"{p}"), _faults.Add);
        _deleted.Should().BeEmpty();
        File.Exists(_place["folder/other"]).Should().BeTrue();
    }

    [Fact]
    public void Read_only_directories_of_ours_are_opened_for_the_time_being()
    {
        _place.Write("target/d/e/f", "old");
        _place.Write("target/d/gone/f", "old");
        _place.Write("target/other/gone", "old");
        _place.Write("target/other/x.log", "old");
        Machine.Shell("cd \"$1\"; chmod 0 d/gone; chmod 555 d/e d other .", _place.Target);
        Machine.AsNobody(_place.Directory, () =>
        {
            List<ManifestEntry> directories = [Entries.Directory("", 0b101_101_101), Entries.Directory("d", 0b101_000_101), Entries.Directory("d/e", 0b101_101_101), Entries.Directory("d/e/new", 0)];
            var target = _place.OpenTarget();
            target.Put("d/e/f", "new");
            target.PutInPieces("d/e/g", "new");
            target.MakeSymlink(Entries.Link("d/l", "e"));
            target.MakeDirectory(directories[3]);
            Delete(target, ["d", "d/e", "d/e/f", "d/e/g", "d/e/new", "d/l"], exclude: ["*.log"], dryRun: false);
            target.FinishDirectories(directories, _faults.Add);
        });
        _faults.Should().BeEmpty();
        _deleted.Should().Equal("d/gone/f", "d/gone", "other/gone");
        _place.Text("target/d/e/f").Should().Be("new");
        Machine.Shell("cd \"$1\"; stat -c %a . d d/e d/e/new other", _place.Target).Split().Should().Equal("555", "505", "555", "0", "555", "");
        long ticks = Directory.GetLastWriteTimeUtc(_place["target/d/e"]).Ticks;
        ticks.Should().Be(DateTime.UnixEpoch.Ticks + (Entries.Time / 100));
    }

    [FactAsRoot]
    public void What_belongs_to_others_is_a_permission_fault()
    {
        _place.Write("target/d/f", "old");
        Machine.Shell("chmod 755 \"$1\" \"$1/target\" \"$1/target/d\"", _place.Directory);
        Machine.AsNobody(() =>
        {
            var target = _place.OpenTarget();
            ((Action)(() => target.Put("d/f", "new"))).Fault().Should().Match<FileFault>(f => f.Kind == FileFaultKind.Permission && f.Text == "can't make a file: Permission denied");
            ((Action)(() => target.ApplyMetadata(Entries.File("d/f", mode: 0)))).Fault().Kind.Should().Be(FileFaultKind.Permission);
            Delete(target, ["d"], [], dryRun: false);
        });
        _faults.Should().ContainSingle().Which.ToString().Should().Be("d/f: can't delete: Permission denied");
    }

    private void Delete(string[] manifest, string[]? exclude = null, bool dryRun = false) => Delete(_place.OpenTarget(), manifest, exclude ?? [], dryRun);

    private void Delete(TargetTree target, string[] manifest, string[] exclude, bool dryRun)
    {
        var filter = PathFilter.Parse(exclude.Select(e => (false, e))).Filter!;
        target.Delete(new DeletionRules(p => Kind(manifest, $"{p}"), filter, dryRun), p => _deleted.Add($"{p}"), _faults.Add);
    }

    private static int Read(TargetTree target, string path)
    {
        using var file = target.OpenFile(RelativePath.Of(path));
        return file.Read(0, new byte[100]);
    }

    private static EntryKind? Kind(string[] manifest, string path)
    {
        if (!manifest.Contains(path)) return null;
        bool isDirectory = manifest.Any(m => m.StartsWith(path + "/", StringComparison.Ordinal)) || path.Length == 1 || path.EndsWith("/new", StringComparison.Ordinal);
        return isDirectory && path != "f" ? EntryKind.Directory : EntryKind.File;
    }

    private string[] Left() =>
        [.. Directory.GetFileSystemEntries(_place.Target, "*", SearchOption.AllDirectories).Select(e => Path.GetRelativePath(_place.Target, e))];

    public void Dispose() => _place.Dispose();
}
