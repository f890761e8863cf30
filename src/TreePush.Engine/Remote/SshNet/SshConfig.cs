using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// Reads the settings from ssh_config that the builtin client supports: Host blocks with HostName, Port, User,
/// IdentityFile, HostKeyAlias, the known_hosts files, StrictHostKeyChecking, the allowed login methods and algorithms. A
/// setting that it does not support but that would make a difference is a refusal. All others are ignored.
/// </summary>
internal sealed class SshConfig
{
    private static readonly string[] DefaultKeys = ["id_rsa", "id_ecdsa", "id_ed25519"];

    /// <summary>The login methods in the order in which they are tried, with the keyword that forbids each.</summary>
    private static readonly (string Method, string Keyword)[] AllMethods =
    [
        (LoginMethods.Key, "pubkeyauthentication"), (LoginMethods.Password, "passwordauthentication"), (LoginMethods.Questions, "kbdinteractiveauthentication"),
    ];

    /// <summary>
    /// Keywords that make the connection go another way, log in by other means, or trust other host keys, except with these
    /// values.
    /// </summary>
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
        ["revokedhostkeys"] = ["none"],
        ["knownhostscommand"] = ["none"],
    };

    /// <summary>Keywords that this client supports.</summary>
    private static readonly string[] Used =
    [
        "hostname", "port", "user", "identityfile", "hostkeyalias", "userknownhostsfile", "globalknownhostsfile", "stricthostkeychecking",
        "hashknownhosts", "preferredauthentications", "pubkeyauthentication", "passwordauthentication", "kbdinteractiveauthentication",
        "kexalgorithms", "ciphers", "macs", "hostkeyalgorithms",
    ];

    /// <summary>
    /// Further keywords that <c>--ssh-option</c> accepts: this client does the same anyway, or they make no difference.
    /// The two ServerAlive keywords count on the command line only.
    /// </summary>
    private static readonly string[] Harmless = ["serveraliveinterval", "serveralivecountmax", "batchmode", "loglevel", "identitiesonly", "gssapiauthentication", "controlmaster", "controlpath", "controlpersist"];

    private readonly string _home;
    private readonly string _login;
    private readonly string _system;
    private readonly SshOptions _options;
    private readonly IReadOnlyList<ConfigLine>[] _files;

    /// <param name="home">The user's home.</param>
    /// <param name="login">The user's login name on this machine.</param>
    /// <param name="system">The machine's folder with configuration, which is read after the user's.</param>
    public SshConfig(SshOptions options, string home, string login, string? system = null)
    {
        (_options, _home, _login, _system) = (options, home, login, system ?? SystemFolder);
        string own = Path.Combine(home, ".ssh");
        var ofUser = new ConfigFile(home, own);
        _files = options.ConfigFile is { } given ? [ofUser.Read(given, isOwn: false)]
            : [ofUser.Read(Path.Combine(own, "config"), isOwn: true), new ConfigFile(home, _system).Read(Path.Combine(_system, "ssh_config"), isOwn: false)];
    }

    private static string SystemFolder =>
        OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "ssh") : "/etc/ssh";

    /// <summary>Keywords in <c>--ssh-option</c> that this client does not know.</summary>
    public static IEnumerable<string> UnknownOptions(SshOptions options) =>
        options.Options.Select(o => ConfigLine.Parse(o, "")?.Keyword ?? "").Where(k => !Used.Contains(k) && !Refused.ContainsKey(k) && !Harmless.Contains(k));

    /// <exception cref="RemoteException">The configuration can't be read, or is malformed where it concerns this host.</exception>
    public HostConfig Of(Host host)
    {
        var found = new Dictionary<string, ConfigLine>();
        var keys = new List<string>();
        string? refusal = null;
        try
        {
            if (_options.IdentityFile is { } key) keys.Add(key);
            foreach (var line in Applying(host))
            {
                if (line.Fault is { } fault) throw new FormatException($"{line.Where}: {fault}");
                // Of ProxyJump and ProxyCommand, the first counts.
                bool isFirst = found.TryAdd(line.Keyword == "proxycommand" ? "proxyjump" : line.Keyword, line);
                if (line.Keyword == "match") refusal ??= $"{line.Where} has a Match block";
                else if (line.Keyword == "identityfile") keys.Add(One(line));
                else if (isFirst && Refused.TryGetValue(line.Keyword, out string[]? harmless) && !harmless.Contains(line.Value, StringComparer.OrdinalIgnoreCase))
                    refusal ??= $"{line.Where} has {line.Keyword} {line.Value}";
            }

            return Resolve(host, found, keys, refusal);
        }
        catch (FormatException e)
        {
            throw new RemoteException(LoginFailures.OfMalformedConfig(host, e.Message));
        }
    }

    private HostConfig Resolve(Host host, Dictionary<string, ConfigLine> found, List<string> keys, string? refusal)
    {
        string? Setting(string keyword) => found.TryGetValue(keyword, out var line) ? One(line) : null;
        string user = host.User ?? Setting("user") ?? _login;
        int port = PortOf(host, Setting("port"));
        string address = Setting("hostname") is { } named ? ConfigTokens.ExpandAddress(named, host.Address) : host.Address;
        // ssh has numeric addresses in any case, and names in lower case.
        if (!address.Contains(':', StringComparison.Ordinal)) address = address.ToLowerInvariant();
        string? alias = Setting("hostkeyalias")?.ToLowerInvariant();
        var tokens = new ConfigTokens(host.Address, address, port, user, alias ?? host.Address, _login, _home);
        string known = alias ?? (port == Host.DefaultPort ? address : $"[{address}]:{port}");
        var methods = Methods(Setting);
        if (methods.Count == 0) refusal ??= "the configuration allows no login by key or password";
        string[] ofUser = [.. Files(found, "userknownhostsfile", ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"]).Select(tokens.Expand).Where(f => f.Length > 0)];
        string[] ofMachine = [.. Files(found, "globalknownhostsfile", [Path.Combine(_system, "ssh_known_hosts"), Path.Combine(_system, "ssh_known_hosts2")]).Select(f => HomePath.Expand(f, _home))];
        int aliveEvery = Number("serveraliveinterval", 5);
        return new HostConfig
        {
            Address = address,
            Port = port,
            User = user,
            KnownName = known.ToLowerInvariant(),
            Identities = keys.Count > 0 ? [.. keys.Where(k => !IsNone(k)).Select(tokens.Expand).Distinct()] : [.. DefaultKeys.Select(k => Path.Combine(_home, ".ssh", k))],
            AreIdentitiesNamed = keys.Count > 0,
            LoginMethods = methods,
            KnownHosts = [.. ofUser, .. ofMachine],
            NewKeysFile = ofUser.FirstOrDefault(),
            RefusesUnknown = OnCommandLine("stricthostkeychecking") is not (null or "accept-new" or "no" or "off" or "false"),
            AliveEvery = TimeSpan.FromSeconds(aliveEvery),
            AlivePatience = TimeSpan.FromSeconds(aliveEvery * Number("serveralivecountmax", 3)),
            HashesNames = Setting("hashknownhosts")?.ToLowerInvariant() is "yes" or "true",
            Algorithms = new AlgorithmRules(Setting("kexalgorithms"), Setting("ciphers"), Setting("macs"), Setting("hostkeyalgorithms")),
            Refusal = refusal,
        };
    }

    private static int PortOf(Host host, string? setting)
    {
        if (host.Port != Host.DefaultPort || setting is null) return host.Port;
        return ushort.TryParse(setting, System.Globalization.NumberStyles.None, null, out ushort port) && port > 0 ? port : throw new FormatException($"'{setting}' is no port");
    }

    /// <summary>A method that is not plainly allowed is left out: a password must not go where it is forbidden.</summary>
    private static IReadOnlyList<string> Methods(Func<string, string?> setting)
    {
        string[] allowed = [.. AllMethods.Where(m => setting(m.Keyword)?.ToLowerInvariant() is null or "yes" or "true" or "unbound" or "host-bound").Select(m => m.Method)];
        return setting("preferredauthentications") is { } preferred ? [.. preferred.Split(',').Intersect(allowed)] : allowed;
    }

    /// <summary>
    /// The lines that apply to a host: those of the command line first, then those of the blocks that match it. Lines with a
    /// fault apply to every host.
    /// </summary>
    private IEnumerable<ConfigLine> Applying(Host host) =>
        [.. _options.Options.Select(o => ConfigLine.Parse(o, "--ssh-option")).OfType<ConfigLine>(), .. _files.SelectMany(f => Applying(f, ConfigScope.Inside, host))];

    /// <param name="around">The scope of the block that includes the lines. It limits the blocks among them, and they end with it.</param>
    private static IEnumerable<ConfigLine> Applying(IReadOnlyList<ConfigLine> lines, ConfigScope around, Host host)
    {
        var scope = around;
        foreach (var line in lines)
            if (line.Keyword == "host") scope = HostPattern.MatchesAny(line.Arguments, host.Address) ? around : ConfigScope.Outside;
            else if (line.Keyword == "match") scope = around == ConfigScope.Outside ? around : ConfigScope.Uncertain;
            else if (line.Keyword == "include")
                foreach (var included in Applying(line.Included, scope, host)) yield return included;
            else if (scope == ConfigScope.Inside || line.Fault is not null) yield return line;
            // Match conditions are not evaluated. A Match block with a keyword that could matter is reported.
            else if (scope == ConfigScope.Uncertain && (Used.Contains(line.Keyword) || Refused.ContainsKey(line.Keyword))) yield return line with { Keyword = "match" };
    }

    /// <summary>
    /// The value of a keyword on the command line. For settings that TreePush fixes for every ssh client, such as
    /// <c>accept-new</c>, the files do not count.
    /// </summary>
    private string? OnCommandLine(string keyword) =>
        _options.Options.Select(o => ConfigLine.Parse(o, "")).FirstOrDefault(l => l?.Keyword == keyword)?.Value.ToLowerInvariant();

    private int Number(string keyword, int usual) => int.TryParse(OnCommandLine(keyword), out int number) && number > 0 ? number : usual;

    private static string One(ConfigLine line) => line.Arguments is [var value] ? value : throw new FormatException($"{line.Where}: {line.Keyword} takes one value");

    /// <exception cref="FormatException"><c>none</c> stands beside a file.</exception>
    private static IReadOnlyList<string> Files(Dictionary<string, ConfigLine> found, string keyword, IReadOnlyList<string> usual)
    {
        if (!found.TryGetValue(keyword, out var line)) return usual;
        if (!line.Arguments.Any(IsNone)) return line.Arguments;
        return line.Arguments.Count == 1 ? [] : throw new FormatException($"{line.Where}: 'none' must stand alone");
    }

    private static bool IsNone(string value) => value.Equals("none", StringComparison.OrdinalIgnoreCase);
}
