using System.Collections.Concurrent;
using TreePush.Core.Hosts;
using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>Starts fake relays, each when a test lets it.</summary>
internal sealed class FakeLauncher : IRelayLauncher
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<FakeRelay>> _relays = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _asked = [];

    /// <summary>Hosts whose start was given up by the controller.</summary>
    public ConcurrentBag<string> Cancelled { get; } = [];

    /// <summary>Waits until the host's relay is to be started.</summary>
    public Task AskedForAsync(string host) => Asked(host).Task.WaitAsync(Patience.Usual);

    /// <summary>The host's relay starts; it is ready at once.</summary>
    public FakeRelay Start(string host)
    {
        var relay = new FakeRelay(new Host(host));
        relay.Say(FakeRelay.Ready());
        Relay(host).SetResult(relay);
        return relay;
    }

    public void Fail(string host, Exception e) => Relay(host).SetException(e);

    public async Task<IRelayProcess> StartAsync(Host host, RelayStart start, CancellationToken ct)
    {
        Asked(host.Name.Value).TrySetResult();
        try
        {
            return await Relay(host.Name.Value).Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Cancelled.Add(host.Name.Value);
            if (Relay(host.Name.Value).Task is { IsCompletedSuccessfully: true } started) await started.Result.DisposeAsync();
            throw;
        }
    }

    private TaskCompletionSource Asked(string host) => _asked.GetOrAdd(host, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private TaskCompletionSource<FakeRelay> Relay(string host) =>
        _relays.GetOrAdd(host, _ => new TaskCompletionSource<FakeRelay>(TaskCreationOptions.RunContinuationsAsynchronously));
}
