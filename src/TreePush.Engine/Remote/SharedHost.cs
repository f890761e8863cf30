using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>A host that several leases share, from the start of its login on. <see cref="HostConnections"/> keeps its counts, under its lock.</summary>
internal sealed class SharedHost : IAsyncDisposable
{
    private readonly Host _host;
    private readonly CancellationTokenSource _abandoned = new();
    private readonly Task<IRemoteHost> _opening;
    private bool _closing;

    public SharedHost(IRemoteHostDriver driver, Host host)
    {
        _host = host;
        Key = new HostConnections.Key(host.Name, host.User);
        _opening = Task.Run(() => driver.OpenToShareAsync(host, _abandoned.Token));
    }

    public HostConnections.Key Key { get; }

    public int Leases { get; set; }

    public int Forwards { get; set; }

    /// <summary>Closes it when nobody has used it for a while; null while somebody does.</summary>
    public ITimer? Idle { get; set; }

    public bool IsOpen => _opening.IsCompletedSuccessfully;

    /// <summary>Whether its login failed, or its connection is lost.</summary>
    public bool IsSpent => _opening.IsCompleted && (!IsOpen || _opening.Result.Lost.IsCompleted);

    /// <exception cref="RemoteException">The host could not be reached; all who wait are told so.</exception>
    public async Task<IRemoteHost> OpenAsync(CancellationToken ct)
    {
        try
        {
            return await _opening.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RemoteException(HostLease.Closed(_host));
        }
    }

    /// <returns>False where somebody closes it already.</returns>
    public bool TryClose() => !_closing && (_closing = true);

    public async ValueTask DisposeAsync()
    {
        await _abandoned.CancelAsync();
        await ((Task)_opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (IsOpen) await _opening.Result.DisposeAsync();
        _abandoned.Dispose();
    }
}
