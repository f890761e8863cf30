namespace TreePush.Engine.Remote;

/// <summary>Drivers by the password that they log in with: a password belongs to a driver, and hosts may differ in theirs.</summary>
/// <param name="make">Makes the driver for a password, or for logins with keys. It is called once for each, and the drivers are disposed of with the book.</param>
public sealed class DriverBook(Func<string?, IRemoteHostDriver> make) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IRemoteHostDriver> _byPassword = [];
    private IRemoteHostDriver? _withKeys;

    /// <param name="password">Null for logins with keys.</param>
    public IRemoteHostDriver For(string? password)
    {
        lock (_gate)
        {
            if (password is null) return _withKeys ??= make(null);
            if (!_byPassword.TryGetValue(password, out var driver)) _byPassword[password] = driver = make(password);
            return driver;
        }
    }

    public async ValueTask DisposeAsync()
    {
        IRemoteHostDriver[] drivers;
        lock (_gate) drivers = _withKeys is { } keys ? [keys, .. _byPassword.Values] : [.. _byPassword.Values];
        await Task.WhenAll(drivers.Select(d => d.DisposeAsync().AsTask()));
    }
}
