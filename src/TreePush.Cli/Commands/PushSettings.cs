using System.CommandLine;
using System.Globalization;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Engine.Remote.OpenSsh;

namespace TreePush.Cli.Commands;

/// <summary>The options' values, understood. What the user did not give is null, so that a resumed run keeps its own.</summary>
internal sealed record PushSettings
{
    public const string DefaultLogFolder = "logs";
    private const int MostSlots = 1000;

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
        var settings = new PushSettings
        {
            Command = parsed.GetValue(options.Command),
            Sources = ReadHosts("-s", parsed.GetValue(options.Sources), problems),
            Hosts = ReadHosts("-w", parsed.GetValue(options.Hosts), problems),
            Excluded = ReadNames(parsed.GetValue(options.Exclude), problems),
            List = parsed.GetValue(options.List),
            Format = ReadFormat(parsed.GetValue(options.Format), problems),
            SlotsGiven = parsed.GetValue(options.Max) is not null,
            Slots = parsed.GetValue(options.Max) is "auto" ? null : ReadNumber("-m", parsed.GetValue(options.Max), 1, MostSlots, problems) ?? PushPolicy.DefaultSlots,
            Retries = ReadNumber("-r", parsed.GetValue(options.Retry), 0, 1000, problems),
            Timeout = ReadTime("--timeout", parsed.GetValue(options.Timeout), problems),
            MaxTransfers = ReadNumber("--max-transfers", parsed.GetValue(options.MaxTransfers), 1, 100_000, problems),
            Goal = ReadGoal(parsed.GetValue(options.MinSuccess), problems),
            Ssh = ReadSsh(options, parsed, problems),
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

    private static int? ReadNumber(string option, string? text, int least, int most, List<Problem> problems)
    {
        if (text is null) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        problems.Add(new Problem(option, string.Create(CultureInfo.InvariantCulture, $"{HostSyntax.Quoted(text)} is not a number from {least} to {most}")));
        return null;
    }

    private static TimeSpan? ReadTime(string option, string? text, List<Problem> problems)
    {
        if (text is null) return null;
        if (Quantity.TryTime(text, out var time)) return time;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a time", "a number of seconds, or one with s, m or h behind it: 90, 15m, 2h"));
        return null;
    }

    private static SuccessGoal ReadGoal(string? text, List<Problem> problems)
    {
        if (text is null) return SuccessGoal.All;
        if (SuccessGoal.TryParse(text, out var goal)) return goal;
        problems.Add(new Problem("--min-success", $"{HostSyntax.Quoted(text)} is neither a number of hosts nor a share of them", "for example 95% or 190"));
        return SuccessGoal.All;
    }

    private static SshOptions ReadSsh(PushOptions options, ParseResult parsed, List<Problem> problems)
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
            ConnectTimeout = ReadTime("-t", parsed.GetValue(options.ConnectTimeout), problems) ?? new SshOptions().ConnectTimeout,
            ConfigFile = parsed.GetValue(options.SshConfig),
            IdentityFile = parsed.GetValue(options.Identity),
            ForwardAgent = parsed.GetValue(options.ForwardAgent),
            Options = given,
        };
        return parsed.GetValue(options.NoShare) ? ssh with { ShareConnections = false } : ssh;
    }
}
