using System.CommandLine;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;

namespace TreePush.Cli.Commands.Planning;

/// <summary>The parsed values of <c>plan</c>'s options.</summary>
internal sealed record PlanSettings
{
    private static readonly SimulatedNetwork Usual = new();

    public int Hosts { get; private init; }

    /// <summary>Null for one zone for each /24, as in a push.</summary>
    public int? Zones { get; private init; }

    /// <summary>As the user wrote it.</summary>
    public string Size { get; private init; } = "";

    /// <inheritdoc cref="Size"/>
    public string Rate { get; private init; } = "";

    /// <summary>Null for auto.</summary>
    public int? Slots { get; private init; }

    public int Retries { get; private init; }

    public int MaxTransfers { get; private init; }

    public bool MaxTransfersGiven { get; private init; }

    public bool Json { get; private init; }

    public SimulatedNetwork Network { get; private init; } = Usual;

    /// <returns>The settings, and all problems with the values.</returns>
    public static (PlanSettings Settings, IReadOnlyList<Problem> Problems) Read(PlanOptions options, ParseResult parsed)
    {
        var problems = new List<Problem>();
        var values = new ValueReader(problems);
        string? Needed(Option<string?> option, string example)
        {
            if (parsed.GetValue(option) is { } text) return text;
            problems.Add(new Problem(option.Name, "is not given", $"for example {option.Name} {example}"));
            return null;
        }

        var settings = new PlanSettings
        {
            Hosts = values.Number("--hosts", Needed(options.Hosts, "1000"), 1, ImaginedFleet.MostHosts) ?? 0,
            Zones = values.Number("--zones", parsed.GetValue(options.Zones), 1, ImaginedFleet.MostHosts),
            Size = parsed.GetValue(options.Size) ?? "",
            Rate = parsed.GetValue(options.Rate) ?? "",
            Slots = values.Slots(parsed.GetValue(options.Max)),
            Retries = values.Number("-r", parsed.GetValue(options.Retry), 0, 1000) ?? 0,
            MaxTransfers = values.Number("--max-transfers", parsed.GetValue(options.MaxTransfers), 1, 100_000) ?? new PushPolicy().MaxTransfers,
            MaxTransfersGiven = parsed.GetValue(options.MaxTransfers) is not null,
            Json = parsed.GetValue(options.Json),
            Network = ReadNetwork(options, parsed, values, Needed),
        };
        if (settings.Hosts > 0 && settings.Zones > settings.Hosts)
            problems.Add(new Problem("--zones", "there are more zones than hosts"));
        return (settings, problems);
    }

    private static SimulatedNetwork ReadNetwork(PlanOptions options, ParseResult parsed, ValueReader values, Func<Option<string?>, string, string?> needed)
    {
        var latency = values.Time("--latency", parsed.GetValue(options.Latency));
        return new SimulatedNetwork
        {
            Bytes = values.Bytes("--size", needed(options.Size, "1GB")) ?? Usual.Bytes,
            Rate = values.Rate("--rate", needed(options.Rate, "1Gbit")) ?? Usual.Rate,
            StreamRate = values.Rate("--stream-rate", parsed.GetValue(options.StreamRate)) ?? Usual.StreamRate,
            Opening = latency ?? Usual.Opening,
            Login = latency ?? Usual.Login,
            DeadTargets = values.Share("--fail", parsed.GetValue(options.Fail)) ?? 0,
            SlowHosts = values.Share("--slow", parsed.GetValue(options.Slow)) ?? 0,
            Seed = values.Number("--seed", parsed.GetValue(options.Seed), 0, int.MaxValue) ?? Usual.Seed,
        };
    }
}
