using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>
/// Hosts whose connections are shared by all who use them at the same time, or shortly one after the other. A host that is opened is a
/// lease: disposing of it ends what was started by it, and nothing else. One connection that is lost, or has carried many
/// forwardings, is replaced at the next lease.
/// </summary>
/// <param name="driver">The way to hosts. It is disposed of with the connections.</param>
public sealed class HostConnections(IRemoteHostDriver driver, TimeProvider time) : IRemoteHostDriver
{
    /// <summary>How long a connection that nobody uses stays open.</summary>
    public static readonly TimeSpan IdlePatience = TimeSpan.FromSeconds(30);

    /// <summary>A forwarding stands for as long as its connection. After so many the connection gets no further leases.</summary>
    internal const int MostForwards = 24;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, SharedHost> _hosts = [];
    private Task _closing = Task.CompletedTask;
    private bool _closed;

    public async Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct)
    {
        while (true)
        {
            var (shared, isNew) = Lease(host);
            IRemoteHost remote;
            try
            {
                remote = await shared.OpenAsync(ct);
            }
            catch
            {
                Release(shared);
                throw;
            }

            if (isNew || !shared.IsSpent) return new HostLease(host, remote, () => CountForward(shared), () => Release(shared));
            Release(shared);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task closing;
        lock (_gate)
        {
            _closed = true;
            foreach (var shared in _hosts.Values.ToList()) Close(shared);
            closing = _closing;
        }

        await closing;
        await driver.DisposeAsync();
    }

    private (SharedHost Host, bool IsNew) Lease(Host host)
    {
        var key = new Key(host.Name, host.User);
        lock (_gate)
        {
            if (_closed) throw new RemoteException(HostLease.Closed(host));
            bool isThere = _hosts.TryGetValue(key, out var shared);
            if (isThere && shared!.IsSpent) Retire(shared);
            bool isNew = !isThere || shared!.IsSpent;
            if (isNew) _hosts[key] = shared = new SharedHost(driver, host);
            shared!.Leases++;
            shared.Idle?.Dispose();
            shared.Idle = null;
            return (shared, isNew);
        }
    }

    private void Release(SharedHost shared)
    {
        lock (_gate)
        {
            if (--shared.Leases > 0) return;
            // A login that nobody waits for any more is broken off.
            if (shared.IsSpent || !shared.IsOpen || !IsCurrent(shared)) Close(shared);
            else shared.Idle = time.CreateTimer(_ => EndIdle(shared), null, IdlePatience, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndIdle(SharedHost shared)
    {
        lock (_gate)
            if (shared.Leases == 0) Close(shared);
    }

    private void CountForward(SharedHost shared)
    {
        lock (_gate)
            if (++shared.Forwards >= MostForwards) Retire(shared);
    }

    /// <summary>Gives it no further leases; it is closed after the last one.</summary>
    private void Retire(SharedHost shared)
    {
        if (IsCurrent(shared)) _hosts.Remove(shared.Key);
        if (shared.Leases == 0) Close(shared);
    }

    private void Close(SharedHost shared)
    {
        if (IsCurrent(shared)) _hosts.Remove(shared.Key);
        shared.Idle?.Dispose();
        shared.Idle = null;
        if (shared.TryClose()) _closing = CloseAsync(_closing, shared);
    }

    private bool IsCurrent(SharedHost shared) => _hosts.GetValueOrDefault(shared.Key) == shared;

    private static async Task CloseAsync(Task earlier, SharedHost shared)
    {
        await Task.Yield();
        await shared.DisposeAsync();
        await earlier;
    }

    internal readonly record struct Key(HostName Name, string? User);
}
