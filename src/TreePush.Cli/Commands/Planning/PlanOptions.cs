using System.CommandLine;

namespace TreePush.Cli.Commands.Planning;

/// <summary>The options of <c>plan</c>.</summary>
internal sealed class PlanOptions
{
    public Option<string?> Hosts { get; } = NewOption.One("--hosts", null, "N", "The number of hosts to serve");

    public Option<string?> Size { get; } = NewOption.One("--size", null, "SIZE", "The size of the files: 64M (2^20 each), 1GB (10^9)");

    public Option<string?> Rate { get; } = NewOption.One("--rate", null, "RATE", "The rate of a host's link in each direction: 100Mbit, 1Gbit, 110MB/s; the transfers of a source share it");

    public Option<string?> StreamRate { get; } = NewOption.One("--stream-rate", null, "RATE", "The highest rate of one transfer, however fast the links are, for example the limit of one ssh stream or one disk [default: no limit]");

    public Option<string?> Zones { get; } = NewOption.One("--zones", null, "N", "The number of racks or sites of the hosts [default: one for each 250 hosts]");

    public Option<string?> Latency { get; } = NewOption.One("--latency", null, "TIME", "The time for a login, from this machine to a source and from a source to its target: 300ms, 2s [default: 0.25s and 0.3s]");

    public Option<string?> Fail { get; } = NewOption.One("--fail", null, "P%", "The share of hosts that always fail [default: 0%]");

    public Option<string?> Slow { get; } = NewOption.One("--slow", null, "P%", "The share of hosts whose link has a tenth of the rate [default: 0%]");

    public Option<string?> Seed { get; } = NewOption.One("--seed", null, "N", "The seed for all random choices, such as which hosts fail; equal seeds give equal plans [default: 1]");

    public Option<string?> Max { get; } = NewOption.One("--max", "-m", "N|auto", "Run up to N transfers at once on each source, as in a push [default: 4]");

    public Option<string?> Retry { get; } = NewOption.One("--retry", "-r", "N", "Retry a failed target up to N times [default: 0]");

    public Option<string?> MaxTransfers { get; } = NewOption.One("--max-transfers", null, "N", "Run up to N transfers at once over all sources [default: 2000]");

    public Option<bool> Json { get; } = NewOption.Flag("--json", null, "Write the plan to standard output as one JSON object (docs/plan.md)");

    public IReadOnlyList<OptionGroup> Groups =>
    [
        new("What is pushed", [Hosts, Size]),
        new("The network", [Rate, StreamRate, Latency, Zones, Fail, Slow, Seed]),
        new("Transfers", [Max, Retry, MaxTransfers]),
        new("Output", [Json]),
    ];
}
