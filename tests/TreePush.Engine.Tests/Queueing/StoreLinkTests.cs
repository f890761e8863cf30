using TreePush.Core.Queueing;
using TreePush.Engine.Queueing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing;

public sealed class StoreLinkTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly TableStore _store;
    private readonly List<AgentEvent> _events = [];
    private readonly StoreLink _link;

    public StoreLinkTests()
    {
        _store = new TableStore(_time);
        _link = new StoreLink(_store, new AgentReporter(_events.Add, _time), _time);
    }

    [Fact]
    public async Task Calls_are_repeated_with_growing_pauses_until_the_store_answers()
    {
        _store.Outage = TableStore.Away();
        var asking = AskAsync();
        var pauses = new List<double>();
        for (int i = 0; i < 6; i++)
        {
            await Wait.UntilAsync(() => _time.Pending > 0, Patience.Usual, () => "it does not pause");
            var pause = _time.NextDue!.Value - (_time.GetUtcNow() - Beginning);
            pauses.Add(pause.TotalSeconds);
            _time.Pass(pause);
            await Wait.UntilAsync(() => _time.Pending > 0, Patience.Usual, () => "it does not pause");
        }

        pauses.Should().Equal(0.5, 1, 2, 4, 8, 8);
        asking.IsCompleted.Should().BeFalse();
        _store.Outage = null;
        _time.Pass(TimeSpan.FromSeconds(8));
        await asking.WaitAsync(Patience.Usual);
    }

    [Fact]
    public async Task Many_calls_that_meet_one_outage_tell_it_once()
    {
        _store.Outage = TableStore.Away();
        var asking = Enumerable.Range(0, 8).Select(_ => AskAsync()).ToList();
        _store.Outage = null;
        _time.Pass(TimeSpan.FromSeconds(0.5));
        await Task.WhenAll(asking).WaitAsync(Patience.Usual);
        _events.Select(e => e.GetType()).Should().Equal(typeof(StoreLost), typeof(StoreBack));
        _events.OfType<StoreBack>().Single().Ms.Should().Be(500);
    }

    [Fact]
    public async Task An_answer_to_a_call_from_before_the_outage_does_not_end_it()
    {
        var answer = new TaskCompletionSource<bool>();
        var early = _link.TryAsync((_, _) => answer.Task, CancellationToken.None);
        _store.Outage = TableStore.Away();
        (await _link.TryAsync((s, ct) => s.OpenTasksAsync(ct), CancellationToken.None)).IsAnswered.Should().BeFalse();
        answer.SetResult(true);
        (await early).IsAnswered.Should().BeTrue();
        _events.Should().ContainSingle().Which.Should().BeOfType<StoreLost>();
    }

    [Fact]
    public async Task A_failure_that_will_not_pass_is_the_callers_at_once()
    {
        _store.Outage = TableStore.Away(mayPass: false);
        await FluentActions.Awaiting(AskAsync).Should().ThrowAsync<TaskStoreException>();
        _events.Should().BeEmpty();
    }

    [Fact]
    public async Task A_wait_on_a_store_that_is_away_takes_a_moment()
    {
        _store.Outage = TableStore.Away();
        var waiting = _link.WaitAsync("web1", TimeSpan.FromSeconds(10), CancellationToken.None);
        waiting.IsCompleted.Should().BeFalse();
        _time.Pass(TimeSpan.FromSeconds(0.5));
        await waiting.WaitAsync(Patience.Usual);
    }

    [Fact]
    public async Task A_pause_ends_when_it_is_cancelled()
    {
        _store.Outage = TableStore.Away();
        using var stop = new CancellationTokenSource();
        var asking = _link.CallAsync((s, ct) => s.OpenTasksAsync(ct), stop.Token);
        await stop.CancelAsync();
        await asking.Awaiting(a => a).Should().ThrowAsync<OperationCanceledException>();
        _time.Pending.Should().Be(0);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static readonly DateTimeOffset Beginning = new ManualTime().GetUtcNow();

    private Task<IReadOnlyList<TaskSpec>> AskAsync() => _link.CallAsync((s, ct) => s.OpenTasksAsync(ct), CancellationToken.None);
}
