using TreePush.Engine.Dispatching.Arrivals;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

/// <summary>Many at once, and the end in the middle.</summary>
public sealed class ArrivalWatchEndTests
{
    [Fact]
    public async Task No_more_are_handled_at_a_time_than_wanted_and_the_rest_wait()
    {
        var gate = new TaskCompletionSource();
        await using var place = new WatchedPlace { Options = new() { Parallel = 3 } };
        place.BeforeStaging = (_, ct) => gate.Task.WaitAsync(ct);
        await place.StartAsync();
        for (int i = 0; i < 50; i++) place.MoveIn($"f{i}");
        await place.UntilAsync(() => place.Arrived.Count == 3, "three are handled");
        gate.SetResult();
        await place.StagedAsync([.. Enumerable.Range(0, 50).Select(i => $"f{i}")]);
        place.Names.Should().HaveCount(50);
    }

    [Fact]
    public async Task Handlers_that_are_cancelled_leave_their_files_to_the_next_start()
    {
        await using var place = new WatchedPlace();
        place.BeforeStaging = (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, ct);
        await place.StartAsync();
        place.MoveIn("a");
        await place.UntilAsync(() => place.Arrived.Count == 1, "it is handled");
        await place.StopAsync();
        place.BeforeStaging = (_, _) => Task.CompletedTask;
        await place.StartAsync();
        await place.StagedInTimeAsync("a");
    }

    /// <summary>The package is durable by then: not to know that would mean to handle it twice.</summary>
    [Fact]
    public async Task An_acknowledgement_counts_even_while_the_watch_ends()
    {
        var cancelled = new TaskCompletionSource();
        await using var place = new WatchedPlace { Acknowledges = false };
        place.BeforeStaging = async (file, ct) =>
        {
            ct.Register(cancelled.SetResult);
            await cancelled.Task;
            await file.AcknowledgeAsync(CancellationToken.None);
        };
        await place.StartAsync();
        place.MoveIn("a");
        await place.UntilAsync(() => place.Arrived.Count == 1, "it is handled");
        await place.StopAsync();
        place.BeforeStaging = (_, _) => Task.CompletedTask;
        await place.StartAsync();
        place.Time.Pass(WatchedPlace.Quiet);
        await place.SettledAsync();
        place.Arrived.Count(f => f.Name == "a").Should().Be(1);
    }

    [Fact]
    public async Task What_a_handler_throws_ends_the_run()
    {
        await using var place = new WatchedPlace();
        place.BeforeStaging = (_, _) => throw new InvalidOperationException("broken");
        await place.StartAsync();
        place.MoveIn("a");
        await FluentActions.Awaiting(place.RunningAsync).Should().ThrowAsync<InvalidOperationException>().WithMessage("broken");
    }

    [Fact]
    public async Task What_a_watch_throws_ends_the_run()
    {
        using var temporary = new Temporary();
        using var staging = Staging.Open(temporary["copies"]);
        using var seen = SeenFiles.Open(temporary["seen.jsonl"]);
        var watch = new ArrivalWatch(temporary.Directory, staging, seen, new ArrivalOptions(), TimeProvider.System) { StartWatch = (_, _, _) => new BrokenWatch() };
        await FluentActions.Awaiting(() => watch.RunAsync((_, _) => Task.CompletedTask, _ => { }, CancellationToken.None).WaitAsync(Patience.Usual))
            .Should().ThrowAsync<IOException>().WithMessage("broken watch");
    }

    /// <summary>The place where a disk is mounted is an empty folder while the disk is away.</summary>
    [Fact]
    public async Task An_empty_folder_in_place_of_the_watched_one_makes_nothing_forgotten()
    {
        await using var place = new WatchedPlace();
        File.WriteAllText(place["old"], "text");
        await place.StartAsync();
        await place.StopAsync();
        string disk = Path.Combine(place.Outside, "disk");
        Directory.Move(place.Folder, disk);
        Directory.CreateDirectory(place.Folder);
        for (int scan = 0; scan < 3; scan++)
        {
            await place.StartAsync();
            await place.StopAsync();
        }

        Directory.Delete(place.Folder);
        Directory.Move(disk, place.Folder);
        await place.StartAsync();
        place.Time.Pass(WatchedPlace.Quiet);
        await place.SettledAsync();
        place.Arrived.Should().NotContain(f => f.Name == "old");
    }

    /// <summary>A scan while the handlers are busy must not have them handle a file twice.</summary>
    [Fact]
    public async Task A_file_that_is_handled_is_not_handled_again_at_a_scan()
    {
        var gate = new TaskCompletionSource();
        await using var place = new WatchedPlace();
        place.BeforeStaging = (file, ct) => file.Name == "a" ? gate.Task.WaitAsync(ct) : Task.CompletedTask;
        await place.StartAsync();
        place.MoveIn("a");
        await place.UntilAsync(() => place.Arrived.Count == 1, "it is handled");
        place.Time.Pass(TimeSpan.FromMinutes(20));
        await place.SettledAsync();
        gate.SetResult();
        await place.StagedAsync("a");
        place.Time.Pass(TimeSpan.FromMinutes(20));
        await place.SettledAsync();
        place.Arrived.Count(f => f.Name == "a").Should().Be(1);
    }
}
