using System.CommandLine;
using TreePush.Core.Hosts;
using TreePush.Engine.Queueing;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>The values of submit's options, understood.</summary>
internal sealed record SubmitSettings
{
    private const int MostSlots = 1000;
    private const int MostRetries = 1000;

    public required IReadOnlyList<Problem> Problems { get; init; }

    public required StoreSettings Store { get; init; }

    public required SubmitOptions Submit { get; init; }

    public bool Wait { get; private init; }

    public SuccessGoal Goal { get; private init; }

    public TimeSpan? Timeout { get; private init; }

    public bool Json { get; private init; }

    public bool Quiet { get; private init; }

    public bool NoLive { get; private init; }

    public static SubmitSettings Read(SubmitCliOptions options, ParseResult parsed)
    {
        var problems = new List<Problem>();
        var values = new ValueReader(problems);
        string[] files = parsed.GetValue(options.File) ?? [];
        if (files.Length == 0) problems.Add(new Problem("", "no file is given", "treepush submit FILE"));
        if (files.Length > 1) problems.Add(new Problem("", $"{HostSyntax.Quoted(files[1])} is an unexpected argument", "a task is one file: submit each of them, or an archive"));
        var usual = new SubmitOptions { Path = files.FirstOrDefault() ?? "" };
        bool wait = parsed.GetValue(options.Wait);
        foreach (var option in new Option[] { options.MinSuccess, options.Timeout }.Where(o => !wait && parsed.GetResult(o) is { Implicit: false }))
            problems.Add(new Problem(option.Name, "this option needs --wait"));
        return new SubmitSettings
        {
            Problems = problems,
            Store = StoreSettings.Read(options.Store, parsed, problems),
            Submit = usual with
            {
                Slots = values.Number("-m", parsed.GetValue(options.Max), 1, MostSlots) ?? usual.Slots,
                MaxAttempts = values.Number("-r", parsed.GetValue(options.Retry), 0, MostRetries) + 1 ?? usual.MaxAttempts,
                Source = parsed.GetValue(options.NoServe) ? null : HostSettings.Name(parsed.GetValue(options.Name), problems),
                Zone = HostSettings.Zone(parsed.GetValue(options.Zone), problems),
            },
            Wait = wait,
            Goal = values.Goal("--min-success", parsed.GetValue(options.MinSuccess)),
            Timeout = values.Time("--timeout", parsed.GetValue(options.Timeout)),
            Json = parsed.GetValue(options.Json),
            Quiet = parsed.GetValue(options.Quiet),
            NoLive = parsed.GetValue(options.NoLive),
        };
    }
}
