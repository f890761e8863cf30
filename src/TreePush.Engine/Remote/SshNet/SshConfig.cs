using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// Reads the settings from ssh_config that the builtin client supports: Host blocks with HostName, Port, User,
/// IdentityFile, HostKeyAlias, the known_hosts files, StrictHostKeyChecking and algorithms. A setting that it does not
/// support but that would make a difference is a refusal. All others are ignored.
/// </summary>
internal sealed class SshConfig
{
    private static readonly string[] DefaultKeys = ["id_rsa", "id_ecdsa", "id_ed25519"];

    /// <summary>Keywords that make the connection go another way, or log in by other means, except with these values.</summary>
    private static readonly Dictionary<string, string[]> Refused = new()
    {
        ["proxyjump"] = ["none"],
        ["proxycommand"] = ["none"],
        ["identityagent"] = ["none"],
        ["certificatefile"] = ["none"],
        ["pkcs11provider"] = ["none"],
        ["bindaddress"] = [],
        ["bindinterface"] = [],
        ["canonicalizehostname"] = ["no"],
    };

    /// <summary>Keywords that this client supports.</summary>
    private static readonly string[] Used =
    [
        "hostname", "port", "user", "identityfile", "hostkeyalias", "userknownhostsfile", "globalknownhostsfile", "stricthostkeychecking",
        "hashknownhosts", "preferredauthentications", "kexalgorithms", "ciphers", "macs", "hostkeyalgorithms",
    ];

    /// <summary>
    /// Further keywords that <c>--ssh-option</c> accepts: this client does the same anyway, or they make no difference.
    /// The two ServerAlive keywords count on the command line only.
    /// </summary>
    private static readonly string[] Harmless = ["serveraliveinterval", "serveralivecountmax", "batchmode", "loglevel", "identitiesonly", "gssapiauthentication", "controlmaster", "controlpath", "controlpersist"];

    private readonly string _home;
    private readonly string _login;
    private readonly SshOptions _options;
    private readonly IReadOnlyList<ConfigLine> _lines;

    /// <param name="home">The user's home.</param>
    /// <param name="login">The user's login name on this machine.</param>
    /// <param name="system">The machine's configuration, which is read after the user's.</param>
    public SshConfig(SshOptions options, string home, string login, string system = "/etc/ssh/ssh_config")
    {
        (_options, _home, _login) = (options, home, login);
        string own = Path.Combine(home, ".ssh");
        var ofUser = new ConfigFile(home, own);
        _lines = options.ConfigFile is { } given ? ofUser.Read(given)
            : [.. ofUser.Read(Path.Combine(own, "config")), new ConfigLine("host", ["*"], system), .. new ConfigFile(home, "/etc/ssh").Read(system)];
    }

    /// <summary>Keywords in <c>--ssh-option</c> that this client does not know.</summary>
    public static IEnumerable<string> UnknownOptions(SshOptions options) =>
        options.Options.Select(o => ConfigLine.Parse(o, "")?.Keyword ?? "").Where(k => !Used.Contains(k) && !Refused.ContainsKey(k) && !Harmless.Contains(k));

    public HostConfig Of(Host host)
    {
        var found = new Dictionary<string, string>();
        var keys = new List<string>();
        string? refusal = null;
        if (_options.IdentityFile is { } key) keys.Add(key);
        foreach (var line in Applying(host))
        {
            if (line.Keyword == "match") refusal ??= $"{line.Where} has a Match block";
            else if (Refused.TryGetValue(line.Keyword, out string[]? harmless))
            {
                if (found.TryAdd(line.Keyword, line.Value) && !harmless.Contains(line.Value, StringComparer.OrdinalIgnoreCase))
                    refusal ??= $"{line.Where} has {line.Keyword} {line.Value}";
            }
            else if (line.Keyword == "identityfile") keys.Add(line.Value);
            else found.TryAdd(line.Keyword, line.Value);
        }

        return Resolve(host, found, keys, refusal);
    }

    private HostConfig Resolve(Host host, Dictionary<string, string> found, List<string> keys, string? refusal)
    {
        string user = host.User ?? found.GetValueOrDefault("user") ?? _login;
        int port = host.Port != Host.DefaultPort || !int.TryParse(found.GetValueOrDefault("port"), out int given) ? host.Port : given;
        string address = (found.GetValueOrDefault("hostname") ?? host.Address).Replace("%h", host.Address, StringComparison.Ordinal).Replace("%%", "%", StringComparison.Ordinal);
        string Path(string text) => HomePath.Expand(Expand(text, host.Address, address, port, user), _home);
        string[] named = [.. keys.Where(k => !k.Equals("none", StringComparison.OrdinalIgnoreCase)).Select(Path).Distinct()];
        string known = found.GetValueOrDefault("hostkeyalias") ?? (port == Host.DefaultPort ? address : $"[{address}]:{port}");
        if (found.GetValueOrDefault("preferredauthentications") is { } preferred && !preferred.Split(',').Any(p => p is "publickey" or "password" or "keyboard-interactive"))
            refusal ??= $"PreferredAuthentications {preferred} allows no key and no password";
        string[] ofUser = [.. Files(found, "userknownhostsfile", "~/.ssh/known_hosts ~/.ssh/known_hosts2").Select(Path)];
        int aliveEvery = Number("serveraliveinterval", 5);
        return new HostConfig
        {
            Address = address,
            Port = port,
            User = user,
            KnownName = known.ToLowerInvariant(),
            Identities = keys.Count > 0 ? named : [.. DefaultKeys.Select(k => Path($"~/.ssh/{k}"))],
            AreIdentitiesNamed = keys.Count > 0,
            KnownHosts = [.. ofUser,
                .. Files(found, "globalknownhostsfile", "/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2").Select(Path)],
            NewKeysFile = ofUser.FirstOrDefault(),
            RefusesUnknown = OnCommandLine("stricthostkeychecking") is "yes",
            AliveEvery = TimeSpan.FromSeconds(aliveEvery),
            AlivePatience = TimeSpan.FromSeconds(aliveEvery * Number("serveralivecountmax", 3)),
            HashesNames = found.GetValueOrDefault("hashknownhosts") is "yes",
            Algorithms = new AlgorithmRules(
                found.GetValueOrDefault("kexalgorithms"), found.GetValueOrDefault("ciphers"), found.GetValueOrDefault("macs"), found.GetValueOrDefault("hostkeyalgorithms")),
            Refusal = refusal,
        };
    }

    /// <summary>
    /// The lines that apply to a host: those of the command line first, then those of the blocks that match it.
    /// </summary>
    private IEnumerable<ConfigLine> Applying(Host host)
    {
        foreach (string option in _options.Options)
            if (ConfigLine.Parse(option, "--ssh-option") is { } line) yield return line;
        bool applies = true, isMatch = false;
        foreach (var line in _lines)
            switch (line.Keyword)
            {
                case "host":
                    (applies, isMatch) = (HostPattern.MatchesAny(line.Arguments, host.Address), false);
                    break;
                case "match":
                    (applies, isMatch) = (true, true);
                    break;
                default:
                    // Match conditions are not evaluated. A Match block with a keyword that could matter is reported.
                    if (applies && isMatch && (Used.Contains(line.Keyword) || Refused.ContainsKey(line.Keyword))) yield return line with { Keyword = "match" };
                    else if (applies && !isMatch) yield return line;
                    break;
            }
    }

    /// <summary>
    /// The value of a keyword on the command line. For settings that TreePush fixes for every ssh client, such as
    /// <c>accept-new</c>, the files do not count.
    /// </summary>
    private string? OnCommandLine(string keyword) =>
        _options.Options.Select(o => ConfigLine.Parse(o, "")).FirstOrDefault(l => l?.Keyword == keyword)?.Value.ToLowerInvariant();

    private int Number(string keyword, int usual) => int.TryParse(OnCommandLine(keyword), out int number) && number > 0 ? number : usual;

    private static string[] Files(Dictionary<string, string> found, string keyword, string usual) =>
        [.. (found.GetValueOrDefault(keyword) ?? usual).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(f => !f.Equals("none", StringComparison.OrdinalIgnoreCase))];

    private string Expand(string text, string name, string address, int port, string user)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var expanded = new System.Text.StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%' || i + 1 == text.Length)
            {
                expanded.Append(text[i]);
                continue;
            }

            expanded.Append(text[++i] switch
            {
                'd' => _home,
                'h' => address,
                'n' => name,
                'p' => port.ToString(),
                'r' => user,
                'u' => _login,
                '%' => "%",
                var other => $"%{other}",
            });
        }

        return expanded.ToString();
    }
}
