using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Tests.Runs;

public sealed class ObserverQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_observer_that_blocks_holds_nobody_up_and_misses_progress_alone()
    {
        using var reader = new Reader();
        await using var queue = new ObserverQueue(reader);
        for (int i = 0; i < 5000; i++)
        {
            queue.OnEvent(Progress());
            queue.OnEvent(Outcome());
        }

        reader.Open();
        await queue.DrainAsync().WaitAsync(Patience);
        reader.Told.OfType<HostOpening>().Should().HaveCount(5000);
        reader.Told.OfType<HostProgressed>().Should().HaveCountLessThan(1000).And.NotBeEmpty();
    }

    [Fact]
    public async Task Events_are_told_in_order_to_all_observers_of_a_queue()
    {
        using Reader first = new(), second = new();
        first.Open();
        second.Open();
        await using var queue = new ObserverQueue(first, second);
        RunEvent[] events = [Outcome(), Progress(), Outcome()];
        foreach (var happened in events) queue.OnEvent(happened);
        await queue.DrainAsync().WaitAsync(Patience);
        first.Told.Should().Equal(events);
        second.Told.Should().Equal(events);
    }

    [Fact]
    public async Task The_fault_of_an_observer_is_thrown_at_the_end_and_the_others_are_told_everything()
    {
        using var reader = new Reader();
        reader.Open();
        await using var queue = new ObserverQueue(new Broken(), reader);
        queue.OnEvent(Outcome());
        queue.OnEvent(Outcome());
        await queue.Awaiting(q => q.DrainAsync().WaitAsync(Patience)).Should().ThrowAsync<IOException>();
        reader.Told.Should().HaveCount(2);
    }

    [Fact]
    public async Task What_comes_after_the_end_leads_to_nothing()
    {
        using var reader = new Reader();
        reader.Open();
        var queue = new ObserverQueue(reader);
        await queue.DrainAsync().WaitAsync(Patience);
        queue.OnEvent(Outcome());
        await queue.DisposeAsync();
        reader.Told.Should().BeEmpty();
    }

    private static HostOpening Outcome() => new(DateTimeOffset.UnixEpoch, new HostName("a"));

    private static HostProgressed Progress() => new(DateTimeOffset.UnixEpoch, new HostName("a"), new HostProgress(0, 0, 0, []));

    /// <summary>Reads nothing until it is let.</summary>
    private sealed class Reader : IRunObserver, IDisposable
    {
        private readonly ManualResetEventSlim _open = new();

        public List<RunEvent> Told { get; } = [];

        public void Open() => _open.Set();

        public void OnEvent(RunEvent happened)
        {
            _open.Wait();
            Told.Add(happened);
        }

        public void Dispose() => _open.Dispose();
    }

    private sealed class Broken : IRunObserver
    {
        public void OnEvent(RunEvent happened) => throw new IOException("nobody reads");
    }
}
