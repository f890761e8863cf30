using TreePush.Core.Hosts;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>A host of a fleet, over ssh.</summary>
public abstract class SshPlace(SshKind kind, bool isPooled = false) : ConformancePlace
{
    private Fleet? _fleet;

    private Fleet Fleet => _fleet ?? throw new InvalidOperationException("The fleet was not started.");

    public override string Inside(string name) => Path.Combine(Fleet.DataPath, name);

    public override string Outside(string name) => Path.Combine(Fleet.Hosts[0].DataDirectory, name);

    public override int Running(string commandLine) => Fleet.Hosts[0].Processes(commandLine).Count(p => p.CommandLine == commandLine);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_fleet is not null) await _fleet.DisposeAsync();
    }

    protected override async Task<IRemoteHostDriver> StartAsync()
    {
        _fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var host = _fleet.Hosts[0];
        Host = new Host(host.Address, host.Port, host.User);
        var driver = kind.NewDriver(_fleet);
        return isPooled ? new HostConnections(driver, TimeProvider.System) : driver;
    }
}

public sealed class SharedSshPlace() : SshPlace(SshKind.Shared);

public sealed class UnsharedSshPlace() : SshPlace(SshKind.Unshared);

public sealed class BuiltinSshPlace() : SshPlace(SshKind.Builtin);

public sealed class UnsharedBuiltinSshPlace() : SshPlace(SshKind.BuiltinUnshared);

public sealed class PooledSshPlace() : SshPlace(SshKind.Shared, isPooled: true);

public sealed class PooledBuiltinSshPlace() : SshPlace(SshKind.Builtin, isPooled: true);
