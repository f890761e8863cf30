using TreePush.Core.Queueing;

namespace TreePush.Engine.Tests.Queueing;

public sealed class AgentStoreTests : IAsyncDisposable
{
    private readonly AgentPlace _place = new();

    [Fact]
    public async Task A_store_that_is_away_is_told_once_and_so_is_its_return()
    {
        _place.Store.Outage = TableStore.Away();
        _place.Start();
        await _place.SeeAsync<StoreLost>();
        for (int i = 0; i < 20; i++) _place.Time.Pass(TimeSpan.FromSeconds(1));
        _place.Store.Outage = null;
        await _place.SubmitWithSourceAsync("content");
        await _place.PassUntilAsync(() => _place.Count<PullFinished>() > 0);
        (_place.Count<StoreLost>(), _place.Count<StoreBack>()).Should().Be((1, 1));
        _place.Events.OfType<StoreBack>().Single().Ms.Should().BeGreaterThanOrEqualTo(20_000);
    }

    [Fact]
    public async Task A_transfer_goes_on_while_the_store_is_away_and_is_reported_afterwards()
    {
        var task = await BeginAsync();
        _place.Store.Outage = TableStore.Away();
        await _place.PassUntilAsync(() => _place.Count<StoreLost>() > 0);
        File.WriteAllText(_place["go"], "");
        await _place.UntilAsync(() => File.Exists(_place.File));
        _place.Store.Outage = null;
        await _place.PassUntilAsync(() => _place.Count<PullFinished>() > 0);
        _place.Store.Find(task.Id, AgentPlace.Name)!.Should().Match<TaskHost>(h => h.Progress == HostProgress.Finished && h.Attempts == 1);
    }

    [Fact]
    public async Task A_transfer_that_outlives_its_lease_while_the_store_is_away_is_offered_afterwards()
    {
        var task = await BeginAsync();
        _place.Store.Outage = TableStore.Away();
        _place.Time.Pass(3 * TableStore.Lease);
        await _place.SeeAsync<StoreLost>();
        File.WriteAllText(_place["go"], "");
        await _place.UntilAsync(() => File.Exists(_place.File));
        _place.Store.Outage = null;
        await _place.PassUntilAsync(() => _place.Store.Find(task.Id, AgentPlace.Name)!.Progress == HostProgress.Finished);
    }

    [Fact]
    public async Task A_store_that_was_emptied_during_a_transfer_ends_it()
    {
        await BeginAsync();
        _place.Store.Empty();
        await _place.PassUntilAsync(() => _place.Count<TaskOver>() > 0);
        _place.Count<PullFailed>().Should().Be(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failure_that_will_not_pass_ends_the_agent(bool isPulling)
    {
        if (isPulling) await BeginAsync();
        _place.Store.Outage = TableStore.Away(mayPass: false);
        if (isPulling) _place.Time.Pass(TableStore.Lease / 2);
        else _place.Start();
        (await _place.EndAsync())!.Message.Should().Be("the password is wrong");
        _place.Events[^1].Should().BeOfType<AgentStopped>().Which.Failure!.Message.Should().Be("the password is wrong");
        _place.Count<StoreLost>().Should().Be(0);
    }

    [Fact]
    public async Task An_agent_that_works_once_ends_when_nothing_is_open()
    {
        _place.Options = _place.Options with { Once = true };
        await _place.SubmitWithSourceAsync("content");
        await _place.SubmitAsync("content", "/not/below/a/root");
        _place.Start();
        (await _place.EndAsync()).Should().BeNull();
        _place.Count<PullFinished>().Should().Be(1);
    }

    [Fact]
    public async Task An_agent_that_works_once_ends_at_once_where_there_are_no_tasks()
    {
        _place.Options = _place.Options with { Once = true };
        _place.Start();
        (await _place.EndAsync()).Should().BeNull();
        _place.Store.Count("open").Should().Be(1);
    }

    [Fact]
    public async Task An_agent_that_works_once_waits_for_its_next_attempt()
    {
        _place.Options = _place.Options with { Once = true, Command = $"[ -e '{_place["go"]}' ] || {{ touch '{_place["go"]}'; exit 1; }}; cp '{_place.AtSource("source-1")}' \"$TPUSH_PATH\"" };
        await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.PassUntilAsync(() => _place.Count<AgentStopped>() > 0);
        _place.Count<PullFinished>().Should().Be(1);
    }

    [Fact]
    public async Task An_idle_agent_asks_the_store_no_more_than_a_few_times_a_minute()
    {
        File.WriteAllText(_place.File, "content");
        await _place.SubmitAsync("content");
        _place.Start();
        await _place.UntilAsync(() => _place.Store.Count("wait") > 1);
        int before = _place.Store.Calls.Count;
        for (int second = 0; second < 60; second++)
        {
            await _place.UntilAsync(() => _place.Time.Pending > 0);
            _place.Time.Pass(TimeSpan.FromSeconds(1));
        }

        (_place.Store.Calls.Count - before).Should().BeLessThan(30);
        _place.Store.Reported.Should().HaveCountGreaterThan(1);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    private async Task<TaskSpec> BeginAsync()
    {
        _place.Options = _place.Options with { Command = $"until [ -e '{_place["go"]}' ]; do sleep 0.02; done; cp '{_place.AtSource("source-1")}' \"$TPUSH_PATH.new\" && mv \"$TPUSH_PATH.new\" \"$TPUSH_PATH\"" };
        var task = await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.SeeAsync<PullStarted>();
        return task;
    }
}
