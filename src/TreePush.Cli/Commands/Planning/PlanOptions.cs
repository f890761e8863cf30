using System.CommandLine;

namespace TreePush.Cli.Commands.Planning;

/// <summary>The options of <c>plan</c>.</summary>
internal sealed class PlanOptions
{
    public Option<string?> Hosts { get; } = NewOption.One("--hosts", null, "N", "How many hosts are to be served");

    public Option<string?> Size { get; } = NewOption.One("--size", null, "SIZE", "What each of them is to get: 64M (2^20 each), 1GB (10^9)");

    public Option<string?> Rate { get; } = NewOption.One("--rate", null, "RATE", "What a host's link carries in each direction: 100Mbit, 1Gbit, 110MB/s; a source's transfers share it");

    public Option<string?> StreamRate { get; } = NewOption.One("--stream-rate", null, "RATE", "The most that one transfer can do however fast the links are: one ssh stream, one disk [default: no limit]");

    public Option<string?> Zones { get; } = NewOption.One("--zones", null, "N", "How many racks or sites the hosts stand in [default: one for each 250 hosts]");

    public Option<string?> Latency { get; } = NewOption.One("--latency", null, "TIME", "How long a login takes, from here to a source and from a source to its target: 300ms, 2s [default: 0.25s and 0.3s]");

    public Option<string?> Fail { get; } = NewOption.One("--fail", null, "P%", "The share of hosts that fail whatever is tried [default: 0%]");

    public Option<string?> Slow { get; } = NewOption.One("--slow", null, "P%", "The share of hosts whose link runs at a tenth [default: 0%]");

    public Option<string?> Seed { get; } = NewOption.One("--seed", null, "N", "Which hosts those are, and all other chance: equal seeds give equal plans [default: 1]");

    public Option<string?> Max { get; } = NewOption.One("--max", "-m", "N|auto", "Transfers at once on each source, as for the push [default: 4]");

    public Option<string?> Retry { get; } = NewOption.One("--retry", "-r", "N", "How often a failed target is tried again [default: 0]");

    public Option<string?> MaxTransfers { get; } = NewOption.One("--max-transfers", null, "N", "Transfers at once over all sources [default: 2000]");

    public Option<bool> Json { get; } = NewOption.Flag("--json", null, "Write the plan to standard output as one JSON object (docs/plan.md)");

    public IReadOnlyList<OptionGroup> Groups =>
    [
        new("What is pushed", [Hosts, Size]),
        new("The network", [Rate, StreamRate, Latency, Zones, Fail, Slow, Seed]),
        new("Transfers", [Max, Retry, MaxTransfers]),
        new("Output", [Json]),
    ];
}
