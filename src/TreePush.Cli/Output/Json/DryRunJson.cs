using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Cli.Commands;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Output.Json;

/// <summary>A dry run as JSON, complete. docs/plan.md describes each field; fields are never renamed or removed.</summary>
internal sealed record DryRunJson
{
    public required string Command { get; init; }

    public required int? Slots { get; init; }

    public required int Retries { get; init; }

    public required int MaxTransfers { get; init; }

    public required double? TimeoutSeconds { get; init; }

    public required int Targets { get; init; }

    public required int SourcesAmongTargets { get; init; }

    public required int ServedBefore { get; init; }

    public required IReadOnlyList<DrySourceJson> Sources { get; init; }

    public required IReadOnlyList<DryZoneJson> Zones { get; init; }

    public required DryExampleJson? Example { get; init; }

    public required int ExpectedRounds { get; init; }

    public required IReadOnlyList<DryRoundJson> Rounds { get; init; }

    public static string Write(DryRun run) => JsonSerializer.Serialize(Of(run), Context.DryRunJson);

    private static DryRunJsonContext Context { get; } =
        new(new JsonSerializerOptions(DryRunJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static DryRunJson Of(DryRun run) => new()
    {
        Command = run.Request.Command,
        Slots = run.Push.Slots,
        Retries = run.Push.Retries,
        MaxTransfers = run.Push.MaxTransfers,
        TimeoutSeconds = run.Push.Timeout?.TotalSeconds,
        Targets = run.Targets.Count,
        SourcesAmongTargets = run.SkippedCount,
        ServedBefore = run.ServedBefore,
        Sources = [.. run.Request.Sources.Select(s => new DrySourceJson(s.Name.Value, s.IsLocal, s.Address, s.Port, s.User))],
        Zones = [.. run.Zones.Select(z => new DryZoneJson(z.Zone, z.Hosts.Count, [.. z.Hosts.Select(h => h.Name.Value)]))],
        Example = run.Example() is var (source, target, variables) ? new DryExampleJson(source.Name.Value, target.Name.Value, variables) : null,
        ExpectedRounds = run.Rounds.Count,
        Rounds = [.. run.Rounds.Select((r, i) => new DryRoundJson(i + 1, r.Served, [.. r.Branches.Select(b => new DryBranchJson(b.Source.Value, Names(b.Targets)))]))],
    };

    private static IReadOnlyList<string> Names(IEnumerable<HostName> names) => [.. names.Select(n => n.Value)];
}

internal sealed record DrySourceJson(string Name, bool Local, string Address, int Port, string? User);

internal sealed record DryZoneJson(string Zone, int Targets, IReadOnlyList<string> Names);

internal sealed record DryExampleJson(string Source, string Target, IReadOnlyDictionary<string, string> Variables);

internal sealed record DryRoundJson(int Round, int Served, IReadOnlyList<DryBranchJson> Transfers);

internal sealed record DryBranchJson(string Source, IReadOnlyList<string> Targets);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DryRunJson))]
internal sealed partial class DryRunJsonContext : JsonSerializerContext;
