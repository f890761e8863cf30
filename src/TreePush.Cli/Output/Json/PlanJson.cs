using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Cli.Commands.Planning;

namespace TreePush.Cli.Output.Json;

/// <summary>
/// A plan as JSON. Names end in their unit. docs/plan.md describes each field; fields are never renamed or removed.
/// </summary>
internal sealed record PlanJson
{
    public required int Hosts { get; init; }

    public required int Zones { get; init; }

    public required double SizeBytes { get; init; }

    public required double RateBytesPerSecond { get; init; }

    public double? StreamRateBytesPerSecond { get; init; }

    public required double ConnectSeconds { get; init; }

    public required double LoginSeconds { get; init; }

    public required double FailShare { get; init; }

    public required double SlowShare { get; init; }

    public required int Seed { get; init; }

    public required int Retries { get; init; }

    public required int MaxTransfers { get; init; }

    public required bool MaxTransfersReached { get; init; }

    public required double FloorSeconds { get; init; }

    public required double FlatSeconds { get; init; }

    public required ForecastJson Plan { get; init; }

    public required IReadOnlyList<RoundJson> Rounds { get; init; }

    public required IReadOnlyList<ForecastJson> Comparison { get; init; }

    public static string Write(Plan plan) => JsonSerializer.Serialize(Of(plan), PlanJsonContext.Default.PlanJson);

    private static PlanJson Of(Plan plan)
    {
        var (settings, network) = (plan.Settings, plan.Settings.Network);
        return new PlanJson
        {
            Hosts = settings.Hosts,
            Zones = plan.Zones,
            SizeBytes = network.Bytes,
            RateBytesPerSecond = network.Rate,
            StreamRateBytesPerSecond = double.IsInfinity(network.StreamRate) ? null : network.StreamRate,
            ConnectSeconds = network.Opening.TotalSeconds,
            LoginSeconds = network.Login.TotalSeconds,
            FailShare = network.DeadTargets,
            SlowShare = network.SlowHosts,
            Seed = network.Seed,
            Retries = settings.Retries,
            MaxTransfers = settings.MaxTransfers,
            MaxTransfersReached = plan.IsLimited,
            FloorSeconds = plan.Floor.TotalSeconds,
            FlatSeconds = plan.Flat.TotalSeconds,
            Plan = ForecastJson.Of(plan.Chosen),
            Rounds = [.. plan.Chosen.Result.Rounds.Select((r, i) => new RoundJson(i + 1, r.Served, r.Until.TotalSeconds))],
            Comparison = [.. plan.Forecasts.Select(ForecastJson.Of)],
        };
    }
}

/// <summary>The forecast for one value of <c>-m</c>.</summary>
internal sealed record ForecastJson(
    int? Slots, int SlotsFound, double ExpectedSeconds, double? HalfServedSeconds, double? NineTenthsServedSeconds,
    int Served, int Failed, int NotTried, int Transfers, int TransfersAtOnce, int ConnectionsOpened)
{
    public static ForecastJson Of(Forecast forecast)
    {
        var result = forecast.Result;
        return new(forecast.Slots, result.Slots, result.Duration.TotalSeconds, forecast.HalfServed?.TotalSeconds, forecast.NineTenthsServed?.TotalSeconds,
            result.Succeeded, result.Failed, result.NotTried, result.Transfers, result.MostAtOnce, result.Opened);
    }
}

internal sealed record RoundJson(int Round, int Served, double UntilSeconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanJson))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
