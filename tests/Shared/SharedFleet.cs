namespace TreePush.Testing;

/// <summary>A fleet for all tests of a class, which leave its hosts as they are.</summary>
public abstract class SharedFleet(FleetOptions options) : IAsyncLifetime
{
    private Fleet? _fleet;

    internal Fleet Fleet => _fleet ?? throw new InvalidOperationException("The fleet was not started.");

    public virtual async Task InitializeAsync()
    {
        if (Fleet.MissingRequirement(options.Network) is null) _fleet = await Fleet.StartAsync(options);
    }

    public async Task DisposeAsync()
    {
        if (_fleet is not null) await _fleet.DisposeAsync();
    }
}
