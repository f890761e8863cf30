namespace TreePush.Testing;

/// <summary>Where the machines of a fleet have their addresses.</summary>
internal interface IFleetNetwork : IAsyncDisposable
{
    const int MaxZones = 250;
    const int MaxHostsInZone = 250;

    string ControllerAddress { get; }

    /// <summary>The address of a host, both numbers counted from 0.</summary>
    string AddressOf(int zone, int host);

    /// <summary>A port for the ssh server at an address of this network.</summary>
    int SshPortAt(string address);

    /// <summary>Gives a machine its place in the network, before that is started; null where all share one.</summary>
    MachineNetwork? Connect(string name, string address);

    Task StartAsync(CancellationToken cancellationToken);
}
