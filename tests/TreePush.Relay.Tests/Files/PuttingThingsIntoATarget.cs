using TreePush.Core.Manifests;
using TreePush.Relay.Files;

namespace TreePush.Relay.Tests.Files;

public sealed class PuttingThingsIntoATarget : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public void Tree_arrives_with_modes_times_links_and_empty_directories()
    {
        _place.Write("source/d/e/f", "text");
        _place.Write("source/empty");
        _place.Make("source/hollow");
        _place.Link("source/d/l", "/nowhere");
        Machine.Shell("cd \"$1\"; chmod 4710 d/e/f; chmod 2511 d/e; touch -hd '2001-02-03 04:05:06.789012345Z' d/e/f d/l d/e empty d hollow .", _place.Source);
        var manifest = _place.Scan(withOwners: true).Entries;
        var target = _place.OpenTarget();
        Entries.Bring(_place.OpenSource(), manifest, target).Should().BeEmpty();
        Stat(_place.Target).Should().Be(Stat(_place.Source));
        manifest.Select(e => target.Compare(e).Lack).Should().NotBeEmpty().And.OnlyContain(l => l == Lack.Nothing);
    }

    [Fact]
    public void Names_of_any_bytes_arrive()
    {
        _place.Make("source");
        Machine.Shell("cd \"$1\"; for n in \"$(printf 'a\\nb')\" \"$(printf 'x\\377y')\" ' ' '-rf' \"$(printf '%0255d' 7)\"; do echo \"$n\" > \"./$n\"; done", _place.Source);
        Entries.Bring(_place.OpenSource(), _place.Scan().Entries, _place.OpenTarget()).Should().BeEmpty();
        Machine.Shell("diff -r \"$1\" \"$2\"; ls -A \"$2\" | grep treepush-part && exit 1 || true", _place.Source, _place.Target);
    }

    [Fact]
    public void Ten_thousand_files_arrive()
    {
        Machine.Shell("mkdir \"$1\"; cd \"$1\"; for d in $(seq 100); do mkdir $d; for f in $(seq 100); do echo $d $f > $d/$f; done; done", _place.Source);
        var target = _place.OpenTarget();
        Entries.Bring(_place.OpenSource(), _place.Scan().Entries, target).Should().BeEmpty();
        Machine.Shell("diff -r \"$1\" \"$2\"", _place.Source, _place.Target);
        _place.Scan().Entries.Select(e => target.Compare(e).Lack).Distinct().Should().Equal(Lack.Nothing);
    }

    [Fact]
    public void Target_is_made_with_the_directories_above_it_only_when_something_is_written()
    {
        var target = _place.OpenTarget(_place["x/y/target/"]);
        target.Compare(Entries.File("f")).Lack.Should().Be(Lack.Content);
        Directory.Exists(_place["x"]).Should().BeFalse();
        target.Put("d/f", "text");
        _place.Text("x/y/target/d/f").Should().Be("text");
    }

    [Theory]
    [InlineData("there", "there")]
    [InlineData("new", "new")]
    [InlineData("folder/", "folder/name")]
    [InlineData("missing/folder/", "missing/folder/name")]
    public void Single_file_becomes_the_target_or_goes_into_it(string destination, string result)
    {
        _place.Write("there", "old");
        _place.Make("folder");
        var target = _place.OpenTarget(_place[destination], sourceFile: "name");
        target.Put("", "text");
        _place.Text(result).Should().Be("text");
        target.Compare(Entries.File("", "text")).Lack.Should().Be(Lack.Nothing);
    }

    [Fact]
    public void Tilde_is_the_home_directory()
    {
        string home = Environment.GetEnvironmentVariable("HOME")!;
        string name = ".treepush-test-" + Guid.NewGuid().ToString("n");
        _place.OpenTarget($"~/{name}/").Place().Ancestry.Should().Equal(_place.OpenTarget($"{home}/{name}").Place().Ancestry);
    }

    [Fact]
    public void File_in_pieces_has_its_name_only_when_it_is_whole()
    {
        _place.Write("target/f", "old");
        using var partial = _place.OpenTarget().BeginFile(Entries.File("f", "new text"), keep: false);
        partial.Write(4, "text"u8);
        byte[] read = new byte[8];
        partial.Read(0, read).Should().Be(8);
        read.Should().Equal("\0\0\0\0text"u8.ToArray());
        _place.Text("target/f").Should().Be("old");
        partial.Write(0, "new "u8);
        partial.Complete();
        partial.Name();
        _place.Text("target/f").Should().Be("new text");
        partial.Read(0, read.AsSpan(0, 3)).Should().Be(3, "it can be served on after it was named");
        Directory.GetFiles(_place.Target).Should().Equal(_place["target/f"]);
    }

    [Fact]
    public void Piece_beyond_the_end_of_the_file_is_refused()
    {
        using var partial = _place.OpenTarget().BeginFile(Entries.File("f", "1234"), keep: false);
        ((Action)(() => partial.Write(3, "45"u8))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => partial.Write(-1, "1"u8))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Holes_of_a_file_of_several_GiB_stay_holes()
    {
        const long size = 5L << 30;
        using var partial = _place.OpenTarget().BeginFile(Entries.File("f") with { Size = size }, keep: false);
        partial.Write(0, new byte[1 << 20]);
        partial.Write(size - 3, "end"u8);
        partial.Complete();
        partial.Name();
        Machine.Shell("stat -c %s \"$1\"", _place["target/f"]).Trim().Should().Be($"{size}");
        int.Parse(Machine.Shell("stat -c %b \"$1\"", _place["target/f"])).Should().BeLessThan(64, "only its end takes room");
        byte[] end = new byte[4];
        _place.OpenTarget().OpenFile(RelativePath.Of("f")).Read(size - 4, end);
        end.Should().Equal("\0end"u8.ToArray());
    }

    [Fact]
    public void Directory_that_is_removed_while_a_run_works_is_made_again()
    {
        var target = _place.OpenTarget();
        target.Put("d/e/f", "1");
        Machine.Shell("rm -r \"$1/d\"", _place.Target);
        target.Put("d/e/g", "2");
        Machine.Shell("rm -r \"$1/d\"", _place.Target);
        target.MakeSymlink(Entries.Link("d/e/l", "g"));
        Machine.Shell("rm -r \"$1/d\"", _place.Target);
        target.PutInPieces("d/e/h", "34");
        _place.Text("target/d/e/h").Should().Be("34");
    }

    [Fact]
    public void Several_threads_put_and_read_at_once()
    {
        var target = _place.OpenTarget();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            for (int i = 0; i < 200; i++)
            {
                string path = $"d{i % 3}/{thread}/{i}";
                if (i % 2 == 0) target.Put(path, path);
                else target.PutInPieces(path, path);
                using var file = target.OpenFile(RelativePath.Of(path));
                byte[] content = new byte[path.Length + 1];
                file.Read(0, content).Should().Be(path.Length);
                content.Should().StartWith(path.Select(c => (byte)c));
            }
        });
        Directory.GetFiles(_place.Target, "*", SearchOption.AllDirectories).Should().HaveCount(8 * 200);
    }

    [Fact]
    public void Deepest_tree_arrives()
    {
        string deepest = string.Join('/', Enumerable.Repeat("d", 1000));
        var target = _place.OpenTarget();
        target.Put(deepest + "/f", "text");
        _place.Text("target/" + deepest + "/f").Should().Be("text");
        using var source = SourceTree.OpenAt(System.Text.Encoding.UTF8.GetBytes(_place.Target));
        int found = 0;
        source.Scan(PathFilter.Everything, default, _ => found++, f => Assert.Fail(f.ToString()), CancellationToken.None);
        found.Should().Be(1002);
        target.Delete(new DeletionRules(_ => null, PathFilter.Everything, DryRun: false), _ => found--, f => Assert.Fail(f.ToString()));
        found.Should().Be(1);
    }

    [FactAsRoot]
    public void Full_disk_is_recognised()
    {
        _place.Make("target");
        Machine.Shell("mount -t tmpfs -o size=64k none \"$1\"", _place.Target);
        try
        {
            var fault = ((Action)(() => _place.OpenTarget().Put("f", new string('x', 100_000)))).Fault();
            fault.Should().Be(new FileFault(FileFaultKind.DiskFull, RelativePath.Of("f"), 28, "can't write: No space left on device"));
            Directory.GetFiles(_place.Target).Should().BeEmpty();
            Machine.Shell("mount -o remount,ro \"$1\"", _place.Target);
            ((Action)(() => _place.OpenTarget().Put("f", "x"))).Fault().Kind.Should().Be(FileFaultKind.ReadOnly);
        }
        finally
        {
            _place.CloseAll();
            Machine.Shell("umount \"$1\"", _place.Target);
        }
    }

    private static string Stat(string directory) => Machine.Shell("cd \"$1\"; find . -printf '%P %y %m %l %u %g %T@ ' \\( -type f -printf '%s' -o -true \\) -printf '\\n' | sort", directory);

    public void Dispose() => _place.Dispose();
}
