using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>
/// Stands between a run and observers that may block, such as output that nobody reads: tells them in order, on a thread of
/// its own, and never makes the run wait. While they are behind, progress is dropped, for newer progress makes it worthless;
/// everything else is kept, which is a few events for each host.
/// </summary>
public sealed class ObserverQueue : IRunObserver, IAsyncDisposable
{
    /// <summary>Events that may wait before progress is dropped.</summary>
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

    /// <summary>Has something done in its place among the events; dropped while the observers are behind.</summary>
    public void Post(Action action) => Add(action, mayDrop: true);

    /// <summary>Waits until everything is told.</summary>
    /// <exception cref="Exception">The first that an observer threw. That observer was told nothing more, the others were.</exception>
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
            // The run has ended meanwhile.
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
