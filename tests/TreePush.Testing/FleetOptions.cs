namespace TreePush.Testing;

/// <summary>What a fleet is made of.</summary>
public sealed record FleetOptions
{
    internal const string NotPrivate = "All on loopback is one machine's. hint: start the fleet with NetworkKind.Private";

    public int Hosts { get; init; } = 4;

    public NetworkKind Network { get; init; } = NetworkKind.Loopback;

    /// <summary>In how many /24 networks the hosts stand. A list of them in order names one zone after the other.</summary>
    public int Zones { get; init; } = 1;

    /// <summary>
    /// Whether the hosts hold the private key that every host accepts. Without it only the controller can log in,
    /// and a host reaches another through a forwarded agent alone.
    /// </summary>
    public bool HostsTrustEachOther { get; init; } = true;

    public HostOptions EveryHost { get; init; } = new();

    /// <summary>Given a host's index and <see cref="EveryHost"/>, how that one host is made.</summary>
    public Func<int, HostOptions, HostOptions>? ForHost { get; init; }

    /// <summary>
    /// Directories below root's home which the controller's programs still see, though their home is another.
    /// The directory of the tests and that of the .NET runtime are always among them.
    /// </summary>
    public IReadOnlyList<string> VisibleToController { get; init; } = [];

    internal HostOptions Of(int index) => ForHost is null ? EveryHost : ForHost(index, EveryHost);
}
