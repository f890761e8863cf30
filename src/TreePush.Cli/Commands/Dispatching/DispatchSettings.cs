using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using TreePush.Cli.Commands.Running;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Cli.Commands.Dispatching;

/// <summary>The values of dispatch's options, understood.</summary>
internal sealed record DispatchSettings
{
    public required IReadOnlyList<Problem> Problems { get; init; }

    public required DispatchVerb Verb { get; init; }

    /// <summary>Files, or names of packages.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Empty if only the journal is needed.</summary>
    public required string Config { get; init; }

    public required string State { get; init; }

    public string? Watched { get; private init; }

    public bool Initial { get; private init; }

    public bool Install { get; private init; }

    public bool Installed { get; private init; }

    public bool All { get; private init; }

    public bool Json { get; private init; }

    public bool Quiet { get; private init; }

    public bool Debug { get; private init; }

    public SshOptions Ssh { get; private init; } = new();

    public SshSecrets Secrets { get; private init; } = SshSecrets.None;

    public bool AskPassword { get; private init; }

    public static DispatchSettings Read(DispatchOptions options, ParseResult parsed)
    {
        var problems = new List<Problem>();
        var run = RunSettings.Read(options.Run, parsed, new ValueReader(problems));
        string[] words = parsed.GetValue(options.Words) ?? [];
        string? watched = parsed.GetValue(options.Watch);
        var verb = VerbOf(words, watched, parsed.GetValue(options.Check));
        string config = parsed.GetValue(options.Config) ?? "";
        bool needsNoRules = verb is DispatchVerb.Status or DispatchVerb.Forget && parsed.GetValue(options.State) is not null;
        if (config.Length == 0 && !needsNoRules) problems.Add(new Problem("-c", "no rules are given", "-c names a file with rules; docs/dispatch.md shows how they are written"));
        var settings = new DispatchSettings
        {
            Problems = problems,
            Verb = verb,
            Names = verb >= DispatchVerb.Status ? words[1..] : words,
            Config = config,
            State = parsed.GetValue(options.State) ?? UsualState(config),
            Watched = watched,
            Initial = parsed.GetValue(options.Initial),
            Install = parsed.GetValue(options.Install),
            Installed = parsed.GetValue(options.Installed),
            All = parsed.GetValue(options.All),
            Json = run.Json,
            Quiet = run.Quiet,
            Debug = run.Debug,
            Ssh = run.Ssh,
            Secrets = run.Secrets,
            AskPassword = run.AskPassword,
        };
        settings.CheckUse(problems);
        return settings;
    }

    private static DispatchVerb VerbOf(string[] words, string? watched, bool check)
    {
        if (check) return DispatchVerb.Check;
        if (watched is not null) return DispatchVerb.Watch;
        return words.FirstOrDefault() switch
        {
            "status" => DispatchVerb.Status,
            "retry" => DispatchVerb.Retry,
            "forget" => DispatchVerb.Forget,
            _ => DispatchVerb.Deliver,
        };
    }

    private void CheckUse(List<Problem> problems)
    {
        if (Verb == DispatchVerb.Deliver && Names.Count == 0) problems.Add(new Problem("", "no file is given", "name the files to deliver, or --watch DIR"));
        if (Verb == DispatchVerb.Watch && Names.Count > 0) problems.Add(new Problem("--watch", $"{HostSyntax.Quoted(Names[0])} is an unexpected argument", "give files, or --watch DIR, not both"));
        if (Verb == DispatchVerb.Watch && !Directory.Exists(Watched)) problems.Add(new Problem("--watch", $"there is no directory {HostSyntax.Quoted(Watched!)}"));
        if (Initial && Verb != DispatchVerb.Watch) problems.Add(new Problem("--initial", "this option needs --watch DIR"));
        if ((Install || Installed) && Verb != DispatchVerb.Retry) problems.Add(new Problem(Install ? "--install" : "--installed", "this option needs 'retry NAME'"));
        if (Install && Installed) problems.Add(new Problem("--install", "it contradicts --installed"));
        if (Verb is DispatchVerb.Retry or DispatchVerb.Forget && Names.Count == 0 && !(All && Verb == DispatchVerb.Retry))
            problems.Add(new Problem("", "no package is named", "treepush dispatch status lists them"));
    }

    /// <summary>Each file with rules has a journal of its own, because a package goes on by the rules that it began with.</summary>
    private static string UsualState(string config)
    {
        string? given = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string root = Path.IsPathRooted(given) ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        string full = Path.GetFullPath(config.Length == 0 ? "." : config);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..8];
        return Path.Combine(root, "treepush", "dispatch", $"{Path.GetFileNameWithoutExtension(full)}-{hash}");
    }
}
