using System.Threading.Channels;
using TreePush.Core.Alerts;

namespace TreePush.Engine.Alerts;

/// <summary>The alerts that wait for one sink. When more wait than there is room for, the oldest is dropped.</summary>
internal sealed class SinkQueue : IDisposable
{
    /// <summary>Alerts that may wait. Between two of them lies a rest period, so this many wait only for a sink that is long out of order.</summary>
    private const int MostWaiting = 16;

    /// <summary>How long one alert may take.</summary>
    public static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(60);

    private readonly IAlertSink _sink;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly CancellationTokenSource _givingUp = new();
    private readonly Channel<Alert> _waiting;
    private readonly Task _sending;

    public SinkQueue(IAlertSink sink, TimeProvider time, Action<string> warn)
    {
        (_sink, _time, _warn) = (sink, time, warn);
        var options = new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _waiting = Channel.CreateBounded<Alert>(options, dropped => Warn(dropped, $"more than {MostWaiting} alerts wait"));
        _sending = Task.Run(SendAllAsync);
    }

    public void Add(Alert alert) => _waiting.Writer.TryWrite(alert);

    /// <summary>Sends what waits and takes nothing more.</summary>
    /// <param name="limit">How long this may take.</param>
    public async Task DrainAsync(TimeSpan limit)
    {
        _waiting.Writer.TryComplete();
        if (await IsOverAsync(limit)) return;
        await _givingUp.CancelAsync();
        // A sink that does not end when it is told to is left behind.
        await IsOverAsync(TimeSpan.FromSeconds(5));
    }

    public void Dispose()
    {
        _givingUp.Dispose();
        (_sink as IDisposable)?.Dispose();
    }

    private async Task<bool> IsOverAsync(TimeSpan limit)
    {
        await _sending.WaitAsync(limit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _sending.IsCompleted;
    }

    private async Task SendAllAsync()
    {
        await foreach (var alert in _waiting.Reader.ReadAllAsync()) await SendAsync(alert);
    }

    private async Task SendAsync(Alert alert)
    {
        using var limit = new CancellationTokenSource(SendLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _givingUp.Token);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            await _sink.SendAsync(alert, either.Token);
        }
        catch (AlertException e)
        {
            Warn(alert, e.Message);
        }
        catch (OperationCanceledException)
        {
            Warn(alert, _givingUp.IsCancellationRequested ? "treepush ended before it was sent" : $"not sent within {SendLimit.TotalSeconds:0} s");
        }
        catch (Exception e)
        {
            // Its message may hold a secret.
            Warn(alert, $"unexpected {e.GetType().Name}");
        }
    }

    private void Warn(Alert alert, string why) => _warn($"the alert \"{alert.Subject}\" was not sent by {_sink.Name}: {why}");
}
