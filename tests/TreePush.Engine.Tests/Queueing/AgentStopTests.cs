using TreePush.Core.Queueing;
using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing;

public sealed class AgentStopTests : IAsyncDisposable
{
    private readonly AgentPlace _place = new();
    private readonly string _marker = Marker.New();

    [Fact]
    public async Task An_agent_that_is_stopped_in_a_transfer_leaves_no_process_and_gives_the_claim_back()
    {
        var task = await BeginAsync();
        (await _place.StopAsync()).Should().BeNull();
        Running().Should().Be(0);
        var host = _place.Store.Find(task.Id, AgentPlace.Name)!;
        (host.Progress, host.Attempts).Should().Be((HostProgress.Waiting, 0));
        _place.Store.Find(task.Id, "source-1")!.Serving.Should().Be(0);
        _place.Events.OfType<PullFailed>().Single().Should().Match<PullFailed>(f => !f.Counted && f.Failure.Kind == FailureKind.Interrupted);
    }

    [Fact]
    public async Task An_agent_is_stopped_while_the_store_is_away()
    {
        await BeginAsync();
        _place.Store.Outage = TableStore.Away();
        (await _place.StopAsync()).Should().BeNull();
        Running().Should().Be(0);
        _place.Events[^1].Should().BeOfType<AgentStopped>();
    }

    [Fact]
    public async Task The_lease_of_a_long_transfer_is_renewed()
    {
        var task = await BeginAsync();
        await _place.PassUntilAsync(() => _place.Store.Count("renew") >= 8);
        _place.Store.Find(task.Id, AgentPlace.Name)!.Progress.Should().Be(HostProgress.Running);
        Running().Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task A_transfer_ends_when_its_lease_is_refused()
    {
        var task = await BeginAsync();
        await _place.Store.CancelAsync(task.Id, CancellationToken.None);
        await _place.PassUntilAsync(() => _place.Count<PullFailed>() > 0);
        _place.Events.OfType<PullFailed>().Single().Failure.Message.Should().Contain("the lease ended");
        Running().Should().Be(0);
        await _place.PassUntilAsync(() => _place.Count<TaskOver>() > 0);
    }

    [Fact]
    public async Task An_agent_that_was_held_up_for_longer_than_its_lease_starts_anew()
    {
        var task = await BeginAsync();
        _place.Time.Pass(2 * TableStore.Lease);
        await _place.SeeAsync<PullFailed>();
        await _place.PassUntilAsync(() => _place.Count<PullStarted>() > 1);
        _place.Store.Find(task.Id, AgentPlace.Name)!.Attempts.Should().Be(2);
    }

    [Fact]
    public async Task A_file_that_came_after_its_lease_had_ended_is_offered()
    {
        _place.Options = _place.Options with { Command = $"until [ -e '{_place["go"]}' ]; do sleep 0.02; done; cp '{_place.AtSource("source-1")}' \"$TPUSH_PATH\"" };
        var task = await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.SeeAsync<PullStarted>();
        var claim = _place.Store.Find(task.Id, AgentPlace.Name)!;
        claim.Progress.Should().Be(HostProgress.Running);
        await _place.Store.FailAsync(task.Id, AgentPlace.Name, 1, "its lease expired", FaultOf.Host, CancellationToken.None);
        File.WriteAllText(_place["go"], "");
        await _place.SeeAsync<FileOffered>();
        _place.Count<PullFinished>().Should().Be(0);
        _place.Store.Find(task.Id, AgentPlace.Name)!.Progress.Should().Be(HostProgress.Finished);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    private async Task<TaskSpec> BeginAsync()
    {
        _place.Options = _place.Options with { Command = $"sleep {_marker} & sleep {_marker}" };
        var task = await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.UntilAsync(() => Running() == 2);
        return task;
    }

    private int Running() => Directory.GetDirectories("/proc").Count(p =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(p, "cmdline")) == $"sleep\0{_marker}\0";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
