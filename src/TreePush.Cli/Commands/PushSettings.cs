using System.CommandLine;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote.OpenSsh;

namespace TreePush.Cli.Commands;

/// <summary>The options' values, understood. What the user did not give is null, so that a resumed run keeps its own.</summary>
internal sealed record PushSettings
{
    public const string DefaultLogFolder = "logs";

    private readonly List<Problem> _problems = [];

    /// <summary>All that is wrong with the values.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    public string? Command { get; private init; }

    public IReadOnlyList<Host> Sources { get; private init; } = [];

    public IReadOnlyList<Host> Hosts { get; private init; } = [];

    public IReadOnlyList<string> Excluded { get; private init; } = [];

    public string? List { get; private init; }

    public HostFormat? Format { get; private init; }

    public bool SlotsGiven { get; private init; }

    /// <summary>Null for auto.</summary>
    public int? Slots { get; private init; }

    public int? Retries { get; private init; }

    public TimeSpan? Timeout { get; private init; }

    public int? MaxTransfers { get; private init; }

    public SuccessGoal Goal { get; private init; }

    public SshOptions Ssh { get; private init; } = new();

    public bool ConnectTimeoutGiven { get; private init; }

    public string LogFolder { get; private init; } = DefaultLogFolder;

    public string? Resume { get; private init; }

    public string? Report { get; private init; }

    public bool DryRun { get; private init; }

    public bool Json { get; private init; }

    public bool Quiet { get; private init; }

    public bool NoLive { get; private init; }

    public bool Debug { get; private init; }

    public static PushSettings Read(PushOptions options, ParseResult parsed)
    {
        var problems = new List<Problem>();
        var values = new ValueReader(problems);
        var settings = new PushSettings
        {
            Command = parsed.GetValue(options.Command),
            Sources = ReadHosts("-s", parsed.GetValue(options.Sources), problems),
            Hosts = ReadHosts("-w", parsed.GetValue(options.Hosts), problems),
            Excluded = ReadNames(parsed.GetValue(options.Exclude), problems),
            List = parsed.GetValue(options.List),
            Format = ReadFormat(parsed.GetValue(options.Format), problems),
            SlotsGiven = parsed.GetValue(options.Max) is not null,
            Slots = values.Slots(parsed.GetValue(options.Max)),
            Retries = values.Number("-r", parsed.GetValue(options.Retry), 0, 1000),
            Timeout = values.Time("--timeout", parsed.GetValue(options.Timeout)),
            MaxTransfers = values.Number("--max-transfers", parsed.GetValue(options.MaxTransfers), 1, 100_000),
            Goal = ReadGoal(parsed.GetValue(options.MinSuccess), problems),
            Ssh = ReadSsh(options, parsed, values, problems),
            ConnectTimeoutGiven = parsed.GetValue(options.ConnectTimeout) is not null,
            LogFolder = parsed.GetValue(options.LogDir) ?? DefaultLogFolder,
            Resume = parsed.GetValue(options.Resume),
            Report = parsed.GetValue(options.Report),
            DryRun = parsed.GetValue(options.DryRun),
            Json = parsed.GetValue(options.Json),
            Quiet = parsed.GetValue(options.Quiet),
            NoLive = parsed.GetValue(options.NoLive),
            Debug = parsed.GetValue(options.Debug),
        };
        settings._problems.AddRange(problems);
        return settings;
    }

    private static List<Host> ReadHosts(string option, string[]? texts, List<Problem> problems)
    {
        var hosts = new List<Host>();
        foreach (string text in texts ?? [])
        {
            var (read, faults) = HostSpec.Parse(option, text);
            hosts.AddRange(read);
            problems.AddRange(faults);
        }

        return [.. hosts.DistinctBy(h => h.Name)];
    }

    private static List<string> ReadNames(string[]? texts, List<Problem> problems)
    {
        var names = new List<string>();
        foreach (string text in texts ?? [])
            try
            {
                names.AddRange(HostRange.Expand(text));
            }
            catch (FormatException e)
            {
                problems.Add(new Problem("-x", e.Message));
            }

        return names;
    }

    private static HostFormat? ReadFormat(string? text, List<Problem> problems)
    {
        if (text is null) return null;
        var (format, faults) = HostFormat.Parse(text);
        problems.AddRange(faults);
        return format;
    }

    private static SuccessGoal ReadGoal(string? text, List<Problem> problems)
    {
        if (text is null) return SuccessGoal.All;
        if (SuccessGoal.TryParse(text, out var goal)) return goal;
        problems.Add(new Problem("--min-success", $"{HostSyntax.Quoted(text)} is neither a number of hosts nor a share of them", "for example 95% or 190"));
        return SuccessGoal.All;
    }

    private static SshOptions ReadSsh(PushOptions options, ParseResult parsed, ValueReader values, List<Problem> problems)
    {
        string[] given = parsed.GetValue(options.SshOption) ?? [];
        foreach (string option in given)
            if (!option.Contains('=', StringComparison.Ordinal) && !option.Trim().Contains(' ', StringComparison.Ordinal))
                problems.Add(new Problem("--ssh-option", $"{HostSyntax.Quoted(option)} has no value", "for example --ssh-option Compression=yes"));
        foreach (var (option, file) in new[] { ("-F", parsed.GetValue(options.SshConfig)), ("-i", parsed.GetValue(options.Identity)) })
            if (file is not null && !File.Exists(file))
                problems.Add(new Problem(option, $"there is no file {HostSyntax.Quoted(file)}"));
        var ssh = new SshOptions
        {
            ConnectTimeout = values.Time("-t", parsed.GetValue(options.ConnectTimeout)) ?? new SshOptions().ConnectTimeout,
            ConfigFile = parsed.GetValue(options.SshConfig),
            IdentityFile = parsed.GetValue(options.Identity),
            ForwardAgent = parsed.GetValue(options.ForwardAgent),
            Options = given,
        };
        return parsed.GetValue(options.NoShare) ? ssh with { ShareConnections = false } : ssh;
    }
}
