using System.Threading.Channels;
using TreePush.Core.Alerts;
using TreePush.Engine.Alerts;

namespace TreePush.Engine.Tests.Alerts;

/// <summary>A sink that does what a test says.</summary>
internal sealed class FakeSink(Func<Alert, CancellationToken, Task> send) : IAlertSink
{
    private readonly Channel<Alert> _asked = Channel.CreateUnbounded<Alert>();

    public string Name => "the fake";

    public async Task SendAsync(Alert alert, CancellationToken ct)
    {
        _asked.Writer.TryWrite(alert);
        await send(alert, ct);
    }

    /// <summary>The next alert that it was asked to send.</summary>
    public async Task<Alert> NextAsync() => await _asked.Reader.ReadAsync().AsTask().WaitAsync(TreePush.Testing.Patience.Usual);

    public int Waiting => _asked.Reader.Count;
}
