using TreePush.Engine.Dispatching.Arrivals;
using TreePush.Engine.Tests.Folders;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

public sealed class ArrivalWatchTests
{
    /// <summary>Time stands still, so the quiet period never passes.</summary>
    [Fact]
    public async Task A_file_that_is_moved_in_arrives_without_the_quiet_period()
    {
        await using var place = new WatchedPlace();
        await place.StartAsync();
        place.MoveIn("a.zip");
        await place.StagedAsync("a.zip");
        var file = place.Arrived.Single();
        (file.Name, file.FullPath).Should().Be(("a.zip", place["a.zip"]));
    }

    [Fact]
    public async Task A_file_under_a_temporary_name_arrives_when_it_is_renamed()
    {
        await using var place = new WatchedPlace();
        await place.StartAsync();
        File.WriteAllText(place["a.zip.part"], "half");
        await place.SettledAsync();
        File.Move(place["a.zip.part"], place["a.zip"]);
        await place.StagedAsync("a.zip");
        place.Names.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_burst_of_a_thousand_files_in_subfolders_arrives_whole()
    {
        await using var place = new WatchedPlace();
        await place.StartAsync();
        for (int i = 0; i < 1000; i++)
        {
            Directory.CreateDirectory(place[$"d{i % 10}/e{i % 3}"]);
            File.WriteAllText(place[$"d{i % 10}/e{i % 3}/f{i}"], $"text {i}");
        }

        await place.StagedInTimeAsync([.. Enumerable.Range(0, 1000).Select(i => $"f{i}")]);
        place.Names.Should().HaveCount(1000);
    }

    [Fact]
    public async Task A_file_that_is_written_slowly_arrives_once_and_whole()
    {
        await using var place = new WatchedPlace();
        await place.StartAsync();
        using (var file = new FileStream(place["slow"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
            for (int i = 0; i < 10; i++)
            {
                file.Write("part "u8);
                file.Flush();
                await place.SettledAsync();
                place.Time.Pass(WatchedPlace.Quiet - TimeSpan.FromSeconds(1));
            }

        await place.StagedInTimeAsync("slow");
        place.Staged.Where(s => s.Package?.Name == "slow").Should().ContainSingle().Which.Package!.Size.Should().Be(50);
    }

    [Fact]
    public async Task A_file_that_is_overwritten_arrives_again()
    {
        await using var place = new WatchedPlace();
        await place.StartAsync();
        place.MoveIn("a", "first");
        await place.StagedAsync("a");
        File.WriteAllText(place["a"], "second version");
        await place.UntilAsync(
            () =>
            {
                place.Time.Pass(WatchedPlace.Quiet);
                return place.Staged.Count == 2;
            },
            "a second version");
        place.Staged.Select(s => s.Package!.Size).Should().Equal(5, 14);
    }

    [Fact]
    public async Task A_file_that_is_deleted_before_it_stood_still_does_not_arrive()
    {
        await using var place = new WatchedPlace();
        await place.StartAsync();
        File.WriteAllText(place["gone"], "text");
        await place.SettledAsync();
        File.Delete(place["gone"]);
        place.Time.Pass(WatchedPlace.Quiet);
        await place.SettledAsync();
        place.Arrived.Should().NotContain(f => f.Name == "gone");
    }

    [Fact]
    public async Task What_was_there_at_the_very_first_start_is_left_alone()
    {
        await using var place = new WatchedPlace();
        File.WriteAllText(place["old"], "text");
        File.CreateSymbolicLink(place["link"], "old");
        await place.StartAsync();
        place.Time.Pass(WatchedPlace.Quiet);
        await place.SettledAsync();
        place.Names.Should().ContainSingle();
        place.Refused.Should().BeEmpty();
        place.Notices.Should().ContainSingle().Which.ToString().Should().Contain("2 files").And.Contain("--initial");
        File.WriteAllText(place["old"], "newer");
        await place.StagedInTimeAsync("old");
    }

    [Fact]
    public async Task What_was_there_arrives_if_it_is_asked_for()
    {
        await using var place = new WatchedPlace { Options = new() { Initial = true } };
        File.WriteAllText(place["old"], "text");
        await place.StartAsync();
        await place.StagedInTimeAsync("old");
    }

    [Fact]
    public async Task After_a_restart_what_came_meanwhile_arrives_and_nothing_else()
    {
        await using var place = new WatchedPlace();
        File.WriteAllText(place["old"], "text");
        await place.StartAsync();
        place.MoveIn("handled");
        await place.StagedAsync("handled");
        await place.StopAsync();
        File.WriteAllText(place["meanwhile"], "text");
        File.WriteAllText(place["old"], "changed meanwhile");
        await place.StartAsync();
        await place.StagedInTimeAsync("meanwhile", "old");
        place.Names.Should().BeEquivalentTo("handled", "meanwhile", "old");
    }

    [Fact]
    public async Task A_file_that_was_not_acknowledged_arrives_again_after_a_restart()
    {
        await using var place = new WatchedPlace { Acknowledges = false };
        await place.StartAsync();
        place.MoveIn("a");
        await place.StagedAsync("a");
        await place.StopAsync();
        place.Staged.Clear();
        await place.StartAsync();
        await place.StagedInTimeAsync("a");
    }

    [Fact]
    public async Task A_file_that_was_not_acknowledged_arrives_again_in_a_while()
    {
        await using var place = new WatchedPlace { Acknowledges = false };
        await place.StartAsync();
        place.MoveIn("a");
        await place.StagedAsync("a");
        place.Acknowledges = true;
        await place.UntilAsync(
            () =>
            {
                place.Time.Pass(TimeSpan.FromMinutes(1));
                return place.Staged.Count == 2;
            },
            "a second attempt");
    }

    [Fact]
    public async Task A_file_that_was_handled_and_deleted_may_come_again()
    {
        await using var place = new WatchedPlace();
        await place.StartAsync();
        place.MoveIn("a");
        await place.StagedAsync("a");
        File.Delete(place["a"]);
        await place.SettledAsync();
        place.Staged.Clear();
        place.MoveIn("a");
        await place.StagedAsync("a");
    }

    [Fact]
    public async Task Whatever_is_no_file_is_refused_once_for_its_kind()
    {
        await using var place = new WatchedPlace();
        await place.StartAsync();
        HostileNames.MakePipe(place["pipe"]);
        File.CreateSymbolicLink(place["link"], "/etc/passwd");
        HostileNames.MakeFile(place.Folder, TreePush.Core.Manifests.RelativePath.Of([0xff]));
        await place.UntilAsync(() => place.Refused.Count == 3, "three refusals");
        place.Refused.Select(r => (r.Path.ToString(), r.Reason)).Should().BeEquivalentTo([("pipe", "is a named pipe"), ("link", "is a symbolic link"), ("\\xff", "its name is not valid UTF-8")]);
        await place.StopAsync();
        await place.StartAsync();
        await place.SettledAsync();
        place.Refused.Should().HaveCount(3);
        HostileNames.Remove(place.Folder, TreePush.Core.Manifests.RelativePath.Of([0xff]));
    }

    [Fact]
    public async Task A_name_with_a_newline_is_a_name()
    {
        await using var place = new WatchedPlace();
        await place.StartAsync();
        place.MoveIn("a\nb");
        await place.StagedAsync("a\nb");
    }

    [Fact]
    public async Task A_file_that_is_swapped_for_a_link_before_it_is_staged_is_refused()
    {
        await using var place = new WatchedPlace();
        string secret = Path.Combine(place.Outside, "secret");
        await File.WriteAllTextAsync(secret, "secret");
        place.BeforeStaging = (file, _) =>
        {
            if (file.Name != "a") return Task.CompletedTask;
            File.Delete(file.FullPath);
            File.CreateSymbolicLink(file.FullPath, secret);
            return Task.CompletedTask;
        };
        await place.StartAsync();
        place.MoveIn("a");
        await place.UntilAsync(() => place.Refused.Count == 1, "a refusal");
        place.Staged.Select(s => s.Fault).Should().Equal(StagingFault.NotAFile);
        await place.SettledAsync();
        place.Refused.Should().ContainSingle();
    }
}
