using System.CommandLine;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>The values of the options of <c>tasks</c>, understood.</summary>
internal sealed record TasksSettings
{
    private const string Cancelling = "cancel";

    public required IReadOnlyList<Problem> Problems { get; init; }

    public required StoreSettings Store { get; init; }

    /// <summary>The task; null for a list of all.</summary>
    public string? Task { get; private init; }

    public bool Cancel { get; private init; }

    public bool Watch { get; private init; }

    public bool Json { get; private init; }

    public bool NoLive { get; private init; }

    public static TasksSettings Read(TasksCliOptions options, ParseResult parsed)
    {
        var problems = new List<Problem>();
        string[] words = parsed.GetValue(options.Words) ?? [];
        bool cancel = words.FirstOrDefault() == Cancelling;
        string[] ids = cancel ? words[1..] : words;
        bool watch = parsed.GetValue(options.Watch);
        if (cancel && ids.Length == 0) problems.Add(new Problem("", "no task is named", "treepush tasks lists them"));
        if (ids.Length > 1) problems.Add(new Problem("", $"{HostSyntax.Quoted(ids[1])} is an unexpected argument"));
        if (watch && (cancel || ids.Length == 0)) problems.Add(new Problem("--watch", "this option needs the id of a task"));
        return new TasksSettings
        {
            Problems = problems,
            Store = StoreSettings.Read(options.Store, parsed, problems),
            Task = ids.FirstOrDefault(),
            Cancel = cancel,
            Watch = watch,
            Json = parsed.GetValue(options.Json),
            NoLive = parsed.GetValue(options.NoLive),
        };
    }
}
