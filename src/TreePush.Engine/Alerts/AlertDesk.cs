using TreePush.Core.Alerts;

namespace TreePush.Engine.Alerts;

/// <summary>
/// Takes errors, and sends the alerts that they raise to all sinks, in the background. Nobody who reports an error waits for a sink, and no sink waits for
/// another. What goes wrong with a sink is told. The desk disposes of its sinks.
/// </summary>
/// <param name="warn">Told in a sentence that an alert could not be sent; may be called on any thread.</param>
public sealed class AlertDesk(AlertTrigger trigger, IEnumerable<IAlertSink> sinks, TimeProvider time, Action<string> warn) : IAsyncDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly SinkQueue[] _queues = [.. sinks.Select(s => new SinkQueue(s, time, warn))];

    /// <summary>A desk as a configuration has it.</summary>
    /// <param name="origin">What raises the alerts, and where: the beginning of their subject.</param>
    public static AlertDesk Of(AlertConfig config, string origin, TimeProvider time, Action<string> warn)
    {
        var sinks = new List<IAlertSink>();
        if (config.Command is { } command) sinks.Add(new CommandSink(command));
        if (config.Webhook is { } url) sinks.Add(new WebhookSink(new Uri(url)));
        if (config.Mail is { } mail) sinks.Add(new MailSink(mail));
        return new AlertDesk(new AlertTrigger(config.Strategy, origin), sinks, time, warn);
    }

    /// <summary>Counts an error. Returns at once, and does nothing once the desk is closed.</summary>
    public void Report(string error)
    {
        lock (_gate)
        {
            if (trigger.Add(error, time.GetUtcNow()) is not { } alert) return;
            foreach (var queue in _queues) queue.Add(alert);
        }
    }

    /// <summary>Takes no more errors, and sends the alerts that wait.</summary>
    /// <param name="limit">How long this may take; what is not sent by then is told and given up.</param>
    public async Task DrainAsync(TimeSpan limit) => await Task.WhenAll(_queues.Select(q => q.DrainAsync(limit)));

    public async ValueTask DisposeAsync()
    {
        await DrainAsync(DrainLimit);
        foreach (var queue in _queues) queue.Dispose();
    }
}
