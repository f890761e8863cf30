using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;
using TreePush.Engine.Dispatching.Arrivals;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

public sealed class SeenFilesTests : IDisposable
{
    private static readonly RelativePath One = RelativePath.Of("one"), Other = RelativePath.Of("d/other");
    private static readonly FileVersion Version = new(10, 1000, 7);

    private readonly Temporary _temporary = new();

    private string Record => _temporary["seen.jsonl"];

    [Fact]
    public void What_was_saved_is_known_after_a_restart()
    {
        using (var seen = SeenFiles.Open(Record))
        {
            seen.IsNew.Should().BeTrue();
            seen.Known.Set(One, Version);
            seen.Known.Set(Other, Version);
            seen.Known.Remove(One);
            seen.SetRoot("1:2");
            seen.EndBaseline();
        }

        using var again = SeenFiles.Open(Record);
        (again.IsNew, again.Root).Should().Be((false, "1:2"));
        again.Known.Files.Should().Equal(new Arrival(Other, Version with { Inode = 0 }));
    }

    [Fact]
    public void A_line_is_in_the_file_as_soon_as_it_is_saved()
    {
        using var seen = SeenFiles.Open(Record);
        seen.Known.Set(One, Version);
        seen.Save();
        File.ReadAllText(Record).Should().Be("{\"path\":\"one\",\"size\":10,\"mtime\":1000}\n");
    }

    [Fact]
    public void Without_a_whole_first_scan_the_record_stays_new()
    {
        using (var seen = SeenFiles.Open(Record))
        {
            seen.Known.Set(One, Version);
            seen.Save();
        }

        using var again = SeenFiles.Open(Record);
        again.IsNew.Should().BeTrue();
    }

    [Fact]
    public void A_last_line_that_was_cut_short_spoils_no_other()
    {
        using (var seen = SeenFiles.Open(Record))
        {
            seen.Known.Set(One, Version);
            seen.Save();
        }

        byte[] line = File.ReadAllBytes(Record);
        for (int cut = 0; cut < line.Length; cut++)
        {
            File.WriteAllBytes(Record, [.. line, .. line.AsSpan(..cut)]);
            using (var seen = SeenFiles.Open(Record))
            {
                seen.Known.Set(Other, Version);
                seen.Save();
            }

            using var again = SeenFiles.Open(Record);
            again.Known.Files.Select(f => f.Path.ToString()).Should().BeEquivalentTo("one", "d/other");
        }
    }

    [Fact]
    public void A_record_that_is_mostly_stale_is_written_anew()
    {
        using (var seen = SeenFiles.Open(Record))
        {
            seen.SetRoot("1:2");
            seen.EndBaseline();
            for (int i = 0; i < 5000; i++)
            {
                seen.Known.Set(One, Version with { Size = i });
                if (i % 100 == 0) seen.Save();
            }

            seen.Known.Set(Other, Version);
            seen.Save();
        }

        File.ReadLines(Record).Count().Should().BeLessThan(2000);
        using var again = SeenFiles.Open(Record);
        (again.IsNew, again.Root).Should().Be((false, "1:2"));
        again.Known.Contains(One, Version with { Size = 4999 }).Should().BeTrue();
        again.Known.Contains(Other, Version).Should().BeTrue();
    }

    [Fact]
    public void Only_the_user_can_read_it()
    {
        using var seen = SeenFiles.Open(Record);
        File.GetUnixFileMode(Record).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void One_process_uses_it_at_a_time()
    {
        using (SeenFiles.Open(Record))
            FluentActions.Invoking(() => SeenFiles.Open(Record)).Should().Throw<RunFolderException>().WithMessage("another treepush watches this folder*");
        SeenFiles.Open(Record).Dispose();
    }

    [Fact]
    public void A_folder_has_one_record_however_it_is_written()
    {
        string path = SeenFiles.PathFor("/state", "/srv/in");
        SeenFiles.PathFor("/state", "/srv/in/").Should().Be(path);
        SeenFiles.PathFor("/state", "/srv/x/../in").Should().Be(path);
        SeenFiles.PathFor("/state", "/srv/out").Should().NotBe(path);
        path.Should().MatchRegex("^/state/seen-[0-9a-f]{16}\\.jsonl$");
    }

    public void Dispose() => _temporary.Dispose();
}
