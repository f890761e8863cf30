using TreePush.Core.Hosts;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>A host to try a driver on, seen through the driver and from outside.</summary>
public abstract class ConformancePlace : IAsyncLifetime
{
    private IRemoteHostDriver? _driver;

    protected Host Host { get; set; } = new("local");

    /// <summary>A file's path as the host sees it, and as the tests do.</summary>
    public abstract string Inside(string name);

    public abstract string Outside(string name);

    /// <summary>How many processes of exactly this command line run there.</summary>
    public abstract int Running(string commandLine);

    public Task<IRemoteHost> OpenAsync() => (_driver ?? throw new InvalidOperationException("It was not started.")).OpenAsync(Host, CancellationToken.None);

    public static Task UntilAsync(Func<bool> condition, string complaint) => Wait.UntilAsync(condition, Patience.WithHeartbeats, () => complaint);

    public async Task InitializeAsync()
    {
        if (Fleet.MissingRequirement() is null) _driver = await StartAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (_driver is not null) await _driver.DisposeAsync();
    }

    protected abstract Task<IRemoteHostDriver> StartAsync();
}
