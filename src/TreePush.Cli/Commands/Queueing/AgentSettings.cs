using System.CommandLine;
using TreePush.Core.Hosts;
using TreePush.Engine.Queueing;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>The values of the agent's options, understood.</summary>
internal sealed record AgentSettings
{
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(1);

    public required IReadOnlyList<Problem> Problems { get; init; }

    public required StoreSettings Store { get; init; }

    public required AgentOptions Agent { get; init; }

    /// <summary>The folder of the lock.</summary>
    public required string State { get; init; }

    public required string LogFolder { get; init; }

    public bool Json { get; private init; }

    public bool Quiet { get; private init; }

    public static AgentSettings Read(AgentCliOptions options, ParseResult parsed)
    {
        var problems = new List<Problem>();
        var values = new ValueReader(problems);
        var usual = new AgentOptions { Name = "", Roots = [] };
        string state = parsed.GetValue(options.State) ?? UsualState();
        var settings = new AgentSettings
        {
            Problems = problems,
            Store = StoreSettings.Read(options.Store, parsed, problems),
            Agent = usual with
            {
                Name = HostSettings.Name(parsed.GetValue(options.Name), problems),
                Zone = HostSettings.Zone(parsed.GetValue(options.Zone), problems),
                Roots = Folders(parsed.GetValue(options.Roots) ?? [], problems),
                Served = Paths("--serve", parsed.GetValue(options.Serve) ?? [], problems),
                Command = parsed.GetValue(options.Command) ?? AgentOptions.DefaultCommand,
                Lease = values.Time("--lease", parsed.GetValue(options.Lease)) ?? usual.Lease,
                Timeout = values.Time("--timeout", parsed.GetValue(options.Timeout)),
                Once = parsed.GetValue(options.Once),
            },
            State = state,
            LogFolder = parsed.GetValue(options.LogDir) ?? Path.Combine(state, "logs"),
            Json = parsed.GetValue(options.Json),
            Quiet = parsed.GetValue(options.Quiet),
        };
        settings.Check(problems);
        return settings;
    }

    private void Check(List<Problem> problems)
    {
        if (Agent.Roots.Count + Agent.Served.Count == 0 && !problems.Exists(p => p.Where is "--root" or "--serve"))
            problems.Add(new Problem("--root", "no directory is given", "--root DIR names where files may be written, --serve PATH a file that originates here"));
        if (Agent.Lease < ShortestLease) problems.Add(new Problem("--lease", "it is shorter than a second"));
        if (Agent.Command.Trim().Length == 0) problems.Add(new Problem("--command", "it is empty"));
    }

    private static List<string> Folders(string[] given, List<Problem> problems)
    {
        var folders = Paths("--root", given, problems);
        foreach (string folder in folders.Where(f => !Directory.Exists(f))) problems.Add(new Problem("--root", $"there is no directory {HostSyntax.Quoted(folder)}"));
        return folders;
    }

    private static List<string> Paths(string option, string[] given, List<Problem> problems)
    {
        foreach (string path in given.Where(p => !Path.IsPathRooted(p))) problems.Add(new Problem(option, $"{HostSyntax.Quoted(path)} is not absolute", "a task's path is the same on every host"));
        return [.. given.Where(p => Path.IsPathRooted(p))];
    }

    private static string UsualState()
    {
        string? given = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string root = Path.IsPathRooted(given) ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(root, "treepush", "agent");
    }
}
