using TreePush.Core.Alerts;
using TreePush.Core.Configs;
using TreePush.Core.Dispatching.Arrivals;

namespace TreePush.Core.Dispatching;

/// <summary>Understands a configuration: docs/dispatch.md has its keys.</summary>
public sealed class DispatchConfigReader(string file)
{
    private static readonly IReadOnlyDictionary<string, Transport> Transports = new Dictionary<string, Transport>
    {
        ["auto"] = Transport.Auto,
        ["ssh"] = Transport.Ssh,
        ["ftp"] = Transport.Ftp,
        ["ftps"] = Transport.Ftps,
    };

    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>An INI file: each section is a rule, and its name is the pattern.</summary>
    public DispatchConfig ReadIni(ConfigMap sections)
    {
        var rules = new List<RuleText>();
        foreach (var section in sections.Entries)
        {
            var reader = new ConfigReader(file, (ConfigMap)section.Value, _problems);
            if (ReadRule(reader, section.Key, Transport.Auto) is { } rule) rules.Add(rule);
        }

        return Checked(new DispatchConfig { Rules = rules }, sections.Line);
    }

    /// <summary>A YAML file.</summary>
    public DispatchConfig ReadYaml(ConfigMap map)
    {
        var reader = new ConfigReader(file, map, _problems);
        var usual = new DispatchConfig();
        var retry = RetryPolicy.Default;
        var config = new DispatchConfig
        {
            Quiet = reader.Time("quiet") ?? usual.Quiet,
            Ignore = ReadIgnored(reader),
            Parallel = reader.Count("parallel", 1, 1000) ?? usual.Parallel,
            Retry = new RetryPolicy(reader.Count("attempts", 1, 1000) ?? retry.Attempts, reader.Time("retry_after") ?? retry.First, reader.Time("retry_longest") ?? retry.Longest),
            CertificateAuthorities = reader.Text("ca_file"),
            Alerts = reader.Map("alerts") is { } alerts ? AlertConfig.Read(alerts) : null,
            Rules = [.. reader.Maps("rules").Select(ReadYamlRule).OfType<RuleText>()],
        };
        reader.RefuseUnknown();
        return Checked(config, map.Line);
    }

    private static ArrivalFilter ReadIgnored(ConfigReader reader)
    {
        if (reader.Texts("ignore") is not { Count: > 0 } patterns) return ArrivalFilter.Default;
        var (filter, problems) = ArrivalFilter.Parse(patterns);
        foreach (string problem in problems) reader.Refuse("ignore", $"ignore: {problem}");
        return filter ?? ArrivalFilter.Default;
    }

    private RuleText? ReadYamlRule(ConfigReader reader)
    {
        if (reader.Text("match") is { } pattern) return ReadRule(reader, pattern, Transport.Ssh);
        reader.Refuse("match", "a rule has no 'match'", "match is a regular expression for the start of a file's name");
        return null;
    }

    private RuleText? ReadRule(ConfigReader reader, string patternText, Transport usual)
    {
        var (pattern, fault) = FileNamePattern.Parse(patternText);
        if (fault is not null) reader.Refuse("match", fault);
        var hosts = reader.Texts("host").SelectMany(h => h.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)).ToList();
        string where = $"{file}:{reader.LineOf("host")}";
        if (hosts.Count == 0) reader.Refuse("host", $"the rule {HostSyntax.Quoted(patternText)} has no 'host'", "host = 10.0.0.1, or web[01-12].example, or a file with a host list");
        string? login = reader.Text("login");
        if (login is not null && HostSyntax.FaultInUser(login) is { } bad) reader.Refuse("login", bad);
        var rule = new RuleText(where, pattern ?? FileNamePattern.Any)
        {
            Hosts = hosts,
            Login = login,
            Password = reader.Text("password"),
            Account = reader.Text("account"),
            Via = reader.Choice("via", Transports) ?? usual,
            Folder = ReadFolder(reader),
            InstallCommand = reader.Text("install_command"),
            InstallLimit = reader.Time("install_limit"),
        };
        if (rule is { InstallCommand: not null, Via: Transport.Ftp or Transport.Ftps })
            reader.Refuse("install_command", "a host that is served over FTP can't run a command", "remove install_command, or deliver over ssh");
        reader.RefuseUnknown();
        return pattern is null ? null : rule;
    }

    private static FolderPattern ReadFolder(ConfigReader reader)
    {
        if (reader.Text("dest_dir") is not { } text) return FolderPattern.Default;
        var (folder, fault) = FolderPattern.Parse(text);
        if (fault is not null) reader.Refuse("dest_dir", fault, "codes are those of strftime: %Y %m %d %H %M %S %j %s %F %T %%");
        return folder ?? FolderPattern.Default;
    }

    private DispatchConfig Checked(DispatchConfig config, int line)
    {
        if (config.Rules.Count == 0 && _problems.Count == 0) _problems.Add(new Problem($"{file}:{line}", "there is no rule", "docs/dispatch.md shows how rules are written"));
        foreach (var twice in config.Rules.GroupBy(r => r.Pattern.Text).Where(g => g.Count() > 1))
            _problems.Add(new Problem(twice.Last().Where, $"there are two rules for {HostSyntax.Quoted(twice.Key)}", "only the first one would ever match"));
        return config;
    }
}
