using System.CommandLine;
using TreePush.Cli.Commands.Running;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Commands;

/// <summary>
/// The parsed values of the push's options. Options that the user did not give are null, so that a resumed run keeps its
/// own values.
/// </summary>
internal sealed record PushSettings
{
    public required RunSettings Run { get; init; }

    /// <summary>All problems with the values.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    public string? Command { get; private init; }

    public bool SlotsGiven { get; private init; }

    /// <summary>Null for auto.</summary>
    public int? Slots { get; private init; }

    public int? Retries { get; private init; }

    public TimeSpan? Timeout { get; private init; }

    public int? MaxTransfers { get; private init; }

    /// <summary>The given options that only a push has, as the help names them.</summary>
    public IReadOnlyList<string> Own { get; private init; } = [];

    public static PushSettings Read(PushOptions options, ParseResult parsed)
    {
        var problems = new List<Problem>();
        var values = new ValueReader(problems);
        return new PushSettings
        {
            Run = RunSettings.Read(options.Run, parsed, values),
            Problems = problems,
            Command = parsed.GetValue(options.Command),
            SlotsGiven = parsed.GetValue(options.Max) is not null,
            Slots = values.Slots(parsed.GetValue(options.Max)),
            Retries = values.Number("-r", parsed.GetValue(options.Retry), 0, 1000),
            Timeout = values.Time("--timeout", parsed.GetValue(options.Timeout)),
            MaxTransfers = values.Number("--max-transfers", parsed.GetValue(options.MaxTransfers), 1, 100_000),
            Own = CommandPage.Given(parsed, [options.Max, options.Retry, options.Timeout, options.MaxTransfers, options.Run.ForwardAgent]),
        };
    }
}
