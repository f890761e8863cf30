using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>
/// Hosts that have the relay already. Tests undo what they do to a host; they share the fleet one after the other.
/// </summary>
[CollectionDefinition(Name)]
public sealed class FaultyFleet() : SharedFleet(Options), ICollectionFixture<FaultyFleet>
{
    public const string Name = "faults";

    /// <summary>The host whose disk can be filled.</summary>
    public const int Small = 5;

    private static FleetOptions Options => new()
    {
        Hosts = 6,
        Network = NetworkKind.Private,
        HostsTrustEachOther = false,
        ForHost = (index, host) => index == Small ? host with { DataTmpfsBytes = 256 << 20 } : host,
    };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Fleet.MissingRequirement(NetworkKind.Private) is not null) return;
        var sync = new FaultySync(Fleet, Name);
        Directory.CreateDirectory(sync.SourceOn(null));
        (await sync.RunAsync(Fleet.Hosts)).ShouldSucceed();
    }
}
