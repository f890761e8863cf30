using TreePush.Core.Queueing;
using TreePush.Core.Runs;

namespace TreePush.Engine.Tests.Queueing;

public sealed class AgentPullTests : IAsyncDisposable
{
    private readonly AgentPlace _place = new();

    [Fact]
    public async Task A_file_is_pulled_and_its_agent_becomes_a_source()
    {
        var task = await _place.SubmitWithSourceAsync("content");
        _place.Start();
        var finished = await _place.SeeAsync<PullFinished>();
        finished.Source.Should().Be("source-1");
        File.ReadAllText(_place.File).Should().Be("content");
        _place.Store.Find(task.Id, AgentPlace.Name)!.Progress.Should().Be(HostProgress.Finished);
        (await _place.StopAsync()).Should().BeNull();
        _place.Events.Select(e => e.GetType()).Should().Equal(typeof(AgentStarted), typeof(TaskSeen), typeof(PullStarted), typeof(PullFinished), typeof(AgentStopped));
    }

    [Fact]
    public async Task A_task_that_comes_later_wakes_the_agent()
    {
        _place.Start();
        await _place.UntilAsync(() => _place.Store.Count("wait") > 1);
        await _place.SubmitWithSourceAsync("content");
        await _place.SeeAsync<PullFinished>();
    }

    [Fact]
    public async Task An_agent_waits_for_a_source_and_says_so_once()
    {
        var task = await _place.SubmitAsync("content");
        _place.Start();
        await _place.SeeAsync<TaskWaiting>();
        int looks = _place.Store.Count("open");
        await _place.PassUntilAsync(() => _place.Store.Count("open") > looks + 1);
        await _place.OfferAsync(task, "source-1", "content");
        await _place.SeeAsync<PullFinished>();
        _place.Count<TaskWaiting>().Should().Be(1);
    }

    [Fact]
    public async Task The_command_is_told_of_source_host_path_task_and_zone()
    {
        _place.Options = _place.Options with { Zone = "rack 7", Command = $"printf '%s|' \"$TPUSH_SRC\" \"$TPUSH_HOST\" \"$TPUSH_PATH\" \"$TPUSH_TASK\" \"$TPUSH_ZONE\" > '{_place["said"]}'; exit 9" };
        var task = await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.SeeAsync<PullFailed>();
        File.ReadAllText(_place["said"]).Should().Be($"source-1|{AgentPlace.Name}|{_place.File}|{task.Id}|rack 7|");
    }

    [Fact]
    public async Task A_transfer_that_fails_is_tried_again_until_the_agent_is_given_up()
    {
        _place.Options = _place.Options with { Command = "echo 'no luck today'; exit 7" };
        var task = await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.PassUntilAsync(() => _place.Count<PullGivenUp>() > 0);
        _place.Events.OfType<PullFailed>().Select(f => (f.Attempt, f.Counted, f.Failure.Message)).Should()
            .Equal((1, true, "exit status 7: no luck today"), (2, true, "exit status 7: no luck today"), (3, true, "exit status 7: no luck today"));
        _place.Store.Find(task.Id, AgentPlace.Name)!.Reason.Should().Be("exit status 7: no luck today");
    }

    [Fact]
    public async Task An_agent_whose_clock_is_ahead_of_the_stores_does_not_ask_all_the_time()
    {
        _place.Store.Skew = TimeSpan.FromMinutes(-5);
        _place.Options = _place.Options with { Command = "exit 7" };
        await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.SeeAsync<PullFailed>();
        await _place.UntilAsync(() => _place.Time.Pending > 0 && _place.Store.Count("wait") > 1);
        _place.Store.Count("claim").Should().BeLessThan(5);
        await _place.PassUntilAsync(() => _place.Count<PullFailed>() > 1);
    }

    [Fact]
    public async Task A_source_whose_file_has_another_hash_is_left_for_another_source()
    {
        var task = await _place.SubmitWithSourceAsync("content", "source-1");
        File.WriteAllText(_place.AtSource("source-1"), "CONTENT");
        _place.Start();
        (await _place.SeeAsync<PullFailed>()).Failure.Kind.Should().Be(FailureKind.FileDiffers);
        await _place.OfferAsync(task, "source-2", "content");
        await _place.PassUntilAsync(() => _place.Count<PullFinished>() > 0);
        _place.Events.OfType<PullFinished>().Single().Source.Should().Be("source-2");
        _place.Store.Count("fail SourceFile").Should().Be(1);
    }

    [Fact]
    public async Task A_source_whose_file_has_another_size_is_told()
    {
        await _place.SubmitWithSourceAsync("content");
        File.WriteAllText(_place.AtSource("source-1"), "content and more");
        _place.Start();
        (await _place.SeeAsync<PullFailed>()).Failure.Message.Should().Be("the source's file has 16 bytes, and the task's has 7");
    }

    [Theory]
    [InlineData("true", "the file is not there")]
    [InlineData("mkdir \"$TPUSH_PATH\"", "no regular file")]
    public async Task A_command_that_brings_no_file_is_no_evidence_against_the_source(string command, string message)
    {
        _place.Options = _place.Options with { Command = command };
        await _place.SubmitWithSourceAsync("content");
        _place.Start();
        (await _place.SeeAsync<PullFailed>()).Failure.Message.Should().Contain(message);
        _place.Store.Count("fail Host").Should().Be(1);
    }

    [Fact]
    public async Task A_command_that_leaves_another_file_as_it_was_is_no_evidence_against_the_source()
    {
        File.WriteAllText(_place.File, "CONTENT");
        _place.Options = _place.Options with { Command = "true" };
        await _place.SubmitWithSourceAsync("content");
        _place.Start();
        (await _place.SeeAsync<PullFailed>()).Failure.Message.Should().Contain("left the file as it was");
        _place.Store.Count("fail Host").Should().Be(1);
    }

    [Fact]
    public async Task Folders_of_the_file_are_made()
    {
        string path = Path.Combine(_place.Root, "a/b c/f");
        var task = await _place.SubmitAsync("content", path);
        await _place.OfferAsync(task, "source-1", "content");
        _place.Start();
        await _place.SeeAsync<PullFinished>();
        File.ReadAllText(path).Should().Be("content");
    }

    [Fact]
    public async Task A_name_of_a_source_that_is_no_host_name_reaches_no_command()
    {
        var task = await _place.SubmitAsync("content");
        await _place.Store.OfferAsync(task.Id, "-e$(touch x) h", null, CancellationToken.None);
        _place.Options = _place.Options with { Command = $"touch '{_place["ran"]}'" };
        _place.Start();
        (await _place.SeeAsync<PullFailed>()).Failure.Message.Should().Contain("is no host name or address");
        File.Exists(_place["ran"]).Should().BeFalse();
    }

    [Fact]
    public async Task Output_goes_to_a_log_that_only_its_owner_can_read()
    {
        _place.Options = _place.Options with { Command = "echo said by the command; exit 1" };
        await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.SeeAsync<PullFailed>();
        string log = Directory.EnumerateFiles(_place.Logs).Single();
        File.ReadAllText(log).Should().Contain("from source-1, attempt 1").And.Contain("said by the command").And.Contain("# failed: ");
        File.GetUnixFileMode(_place.Logs).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_transfer_that_takes_too_long_is_ended()
    {
        _place.Options = _place.Options with { Command = $"echo > '{_place["up"]}'; sleep 1000", Timeout = TimeSpan.FromSeconds(20) };
        await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.UntilAsync(() => File.Exists(_place["up"]));
        await _place.PassUntilAsync(() => _place.Count<PullFailed>() > 0);
        _place.Events.OfType<PullFailed>().First().Failure.Kind.Should().Be(FailureKind.TimedOut);
        _place.Store.Count("fail Source").Should().Be(1);
    }

    [Fact]
    public async Task Of_two_tasks_for_one_path_only_the_newer_is_pulled()
    {
        var old = await _place.SubmitWithSourceAsync("old");
        var young = await _place.SubmitWithSourceAsync("young", "source-2");
        _place.Start();
        (await _place.SeeAsync<PullFinished>()).Task.Should().Be(young.Id);
        _place.Store.Find(old.Id, AgentPlace.Name).Should().BeNull();
        await _place.StopAsync();
        File.ReadAllText(_place.File).Should().Be("young");
    }

    [Fact]
    public async Task Two_tasks_are_pulled_at_the_same_time()
    {
        _place.Options = _place.Options with { Command = $"touch '{_place["up"]}-'$(basename \"$TPUSH_PATH\"); until [ -e '{_place["up"]}-a' ] && [ -e '{_place["up"]}-b' ]; do sleep 0.02; done; cp '{_place.AtSource("source-1")}' \"$TPUSH_PATH\"" };
        foreach (string name in new[] { "a", "b" }) await _place.OfferAsync(await _place.SubmitAsync("content", Path.Combine(_place.Root, name)), "source-1", "content");
        _place.Start();
        await _place.SeeAsync<PullFinished>(times: 2);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();
}
