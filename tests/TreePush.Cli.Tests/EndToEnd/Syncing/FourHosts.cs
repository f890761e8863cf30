using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>
/// Four machines in a network of their own that can't log in to each other, for all tests that leave them and the network
/// as they were. Relays are in place there after the first of them.
/// </summary>
public sealed class FourHosts() : SharedFleet(new FleetOptions { Network = NetworkKind.Private, HostsTrustEachOther = false })
{
    /// <summary>The classes that share it.</summary>
    public const string Name = "four hosts";

    [CollectionDefinition(Name)]
    public sealed class Collection : ICollectionFixture<FourHosts>;
}
