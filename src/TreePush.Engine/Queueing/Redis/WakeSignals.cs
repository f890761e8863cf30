using System.Collections.Concurrent;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>Remembers who was woken, until they wait: a message that comes between a call and the wait after it is not lost.</summary>
internal sealed class WakeSignals(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Signal> _signals = [];

    public void Wake(string host) => Of(host).Set();

    public void WakeAll()
    {
        foreach (var signal in _signals.Values) signal.Set();
    }

    /// <summary>Waits until the host is woken, or was since it last waited; or until the time is over.</summary>
    public async Task WaitAsync(string host, TimeSpan most, CancellationToken ct)
    {
        var signal = Of(host);
        var woken = signal.Woken;
        try
        {
            await woken.WaitAsync(most, time, ct);
        }
        catch (TimeoutException)
        {
            return;
        }

        signal.Clear(woken);
    }

    private Signal Of(string host) => _signals.GetOrAdd(host, _ => new Signal());

    private sealed class Signal
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _source = New();

        public Task Woken
        {
            get
            {
                lock (_gate) return _source.Task;
            }
        }

        public void Set()
        {
            lock (_gate) _source.TrySetResult();
        }

        /// <summary>Begins anew, unless another one who waited has done so.</summary>
        public void Clear(Task woken)
        {
            lock (_gate)
                if (_source.Task == woken) _source = New();
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
