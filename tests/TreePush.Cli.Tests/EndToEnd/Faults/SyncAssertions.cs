using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>What is expected of hosts after a sync, whatever befell some of them.</summary>
internal static class SyncAssertions
{
    private const string PartSuffix = ".treepush-part";

    /// <summary>The hosts have all that the source has, and nothing else.</summary>
    public static async Task ShouldBeWholeOnAsync(this FaultySync sync, IEnumerable<FleetHost> hosts, FleetHost? source = null)
    {
        var expected = (await TreeListing.ReadAsync(sync.SourceOn(source))).Lines();
        foreach (var host in hosts) (await TreeListing.ReadAsync(sync.CopyOn(host))).Lines().Should().Equal(expected, "{0} was served", host.Address);
    }

    /// <summary>Whatever has a file's own name is that file, whole; what has not come is not there.</summary>
    /// <returns>The bytes that each host need not be sent again: its whole files, and what is written of the others.</returns>
    public static async Task<IReadOnlyDictionary<FleetHost, long>> ShouldHaveNothingHalfWrittenAsync(this FaultySync sync, IEnumerable<FleetHost> hosts, FleetHost? source = null)
    {
        var expected = (await TreeListing.ReadAsync(sync.SourceOn(source))).Entries.ToDictionary(e => e.Path, e => e.Sha256);
        var kept = new Dictionary<FleetHost, long>();
        foreach (var host in hosts)
        {
            kept[host] = 0;
            if (!Directory.Exists(sync.CopyOn(host))) continue;
            foreach (var entry in (await TreeListing.ReadAsync(sync.CopyOn(host))).Entries)
            {
                kept[host] += entry.Kind != EntryKind.File ? 0 : Math.Min(entry.Size, entry.Allocated);
                if (!$"{entry.Path}".EndsWith(PartSuffix, StringComparison.Ordinal)) entry.Sha256.Should().Be(expected[entry.Path], "{0} on {1} has its final name", entry.Path, host.Address);
            }
        }

        return kept;
    }

    /// <summary>The host is told of as failed, with the reason: on standard error, in the journal and in the list for another run.</summary>
    public static void ShouldNameAsFailed(this FaultySync sync, ProgramResult result, FleetHost host, string reason)
    {
        result.Error.Should().MatchRegex($"{host.Address} FAILED: .*{reason}");
        sync.FailureOf(host).Message.Should().MatchRegex(reason);
        string list = sync.Work.LastRun.Read("failed.txt");
        list.Split('\n').Should().ContainSingle(l => l.StartsWith(host.Address, StringComparison.Ordinal));
        list.Should().MatchRegex($"# .*{reason}");
    }
}
