using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>
/// Decouples a run from observers that may block, such as output that nobody reads. It calls them in order on a thread of
/// its own, and never makes the run wait. While they lag behind, progress is dropped, because newer progress replaces it.
/// All other events are kept; they are a few for each host.
/// </summary>
public sealed class ObserverQueue : IRunObserver, IAsyncDisposable
{
    /// <summary>The number of waiting events from which on progress is dropped.</summary>
    private const int MostBeforeDropping = 1000;

    private readonly BlockingCollection<Action> _waiting = [];
    private readonly List<IRunObserver> _observers;
    private readonly Task _delivering;
    private ExceptionDispatchInfo? _fault;

    public ObserverQueue(params IEnumerable<IRunObserver> observers)
    {
        _observers = [.. observers];
        _delivering = Task.Factory.StartNew(DeliverAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void OnEvent(RunEvent happened) => Add(() => Deliver(happened), mayDrop: happened.IsProgress);

    /// <summary>Queues an action in its place among the events. It is dropped while the observers lag behind.</summary>
    public void Post(Action action) => Add(action, mayDrop: true);

    /// <summary>Waits until all events are delivered.</summary>
    /// <exception cref="Exception">The first exception of an observer. That observer received no more events; the others did.</exception>
    public async Task DrainAsync()
    {
        _waiting.CompleteAdding();
        await _delivering;
        _fault?.Throw();
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        await _delivering;
        _waiting.Dispose();
    }

    private void Add(Action action, bool mayDrop)
    {
        if (_waiting.IsAddingCompleted || (mayDrop && _waiting.Count >= MostBeforeDropping)) return;
        try
        {
            _waiting.Add(action);
        }
        catch (InvalidOperationException)
        {
            // The queue was completed meanwhile: the run has ended.
        }
    }

    private void DeliverAll()
    {
        foreach (var action in _waiting.GetConsumingEnumerable()) action();
    }

    private void Deliver(RunEvent happened)
    {
        foreach (var observer in _observers.ToArray())
            try
            {
                observer.OnEvent(happened);
            }
            catch (Exception e)
            {
                _fault ??= ExceptionDispatchInfo.Capture(e);
                _observers.Remove(observer);
            }
    }
}
