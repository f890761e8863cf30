using TreePush.Engine.Dispatching.Arrivals;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

public sealed class FolderSyncTests : IDisposable
{
    private readonly SemaphoreSlim _mayEnd = new(0);
    private readonly FolderSync _sync;
    private string? _fault;
    private int _count;

    public FolderSyncTests() => _sync = new FolderSync(() =>
    {
        Interlocked.Increment(ref _count);
        _mayEnd.Wait();
        return _fault;
    });

    /// <summary>The first is under way already, so it can't be relied on by those who come later; they share the second.</summary>
    [Fact]
    public async Task Those_who_come_while_it_is_busy_share_the_next()
    {
        var first = _sync.SyncAsync();
        await BusyAsync(1);
        Task[] later = [.. Enumerable.Range(0, 50).Select(_ => _sync.SyncAsync())];
        _mayEnd.Release();
        await first.WaitAsync(Patience.Usual);
        await BusyAsync(2);
        later.Any(l => l.IsCompleted).Should().BeFalse();
        _mayEnd.Release();
        await Task.WhenAll(later).WaitAsync(Patience.Usual);
        _count.Should().Be(2);
    }

    [Fact]
    public async Task A_fault_reaches_those_who_waited_for_it_only()
    {
        (_fault, var first) = ("the disk is gone", _sync.SyncAsync());
        await BusyAsync(1);
        var next = _sync.SyncAsync();
        _mayEnd.Release();
        await FluentActions.Awaiting(() => first.WaitAsync(Patience.Usual)).Should().ThrowAsync<IOException>().WithMessage("the disk is gone");
        _fault = null;
        _mayEnd.Release();
        await next.WaitAsync(Patience.Usual);
    }

    [Fact]
    public async Task A_real_folder_is_synced()
    {
        using var temporary = new Temporary();
        using var sync = new FolderSync(temporary.Directory);
        await sync.SyncAsync().WaitAsync(Patience.Usual);
        await sync.SyncAsync().WaitAsync(Patience.Usual);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error() =>
        FluentActions.Invoking(() => new FolderSync("/nowhere/at/all")).Should().Throw<IOException>();

    public void Dispose()
    {
        _mayEnd.Dispose();
        _sync.Dispose();
    }

    private Task BusyAsync(int times) => Wait.UntilAsync(() => Volatile.Read(ref _count) == times, Patience.Usual, () => $"{_count} times, not {times}");
}
