using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Hosts;

namespace TreePush.Engine.Dispatching.Configs;

/// <summary>Makes rules of what is written: reads their host lists, and looks up logins and passwords.</summary>
/// <param name="folder">The folder that host lists are relative to: the configuration file's.</param>
/// <param name="credentials">The login and the password for a host, by its address and the login that the rule names.</param>
public sealed class RuleLoader(string folder, Func<string, string?, Credentials?> credentials)
{
    private static readonly string[] ListEndings = [".txt", ".csv", ".list", ".lst"];

    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public async Task<RuleBook> LoadAsync(IEnumerable<RuleText> texts, CancellationToken ct)
    {
        var rules = new List<DispatchRule>();
        foreach (var text in texts) rules.Add(await LoadAsync(text, ct));
        return new RuleBook(rules);
    }

    private async Task<DispatchRule> LoadAsync(RuleText text, CancellationToken ct)
    {
        var hosts = new List<Host>();
        foreach (string word in text.Hosts) hosts.AddRange(IsList(word) ? await ReadListAsync(text, word, ct) : ReadHosts(text, word));
        var rule = new DispatchRule(text.Pattern) { Hosts = [.. hosts.DistinctBy(h => h.Name).Select(h => Access(text, h))], Folder = text.Folder, InstallCommand = text.InstallCommand };
        return text.InstallLimit is { } limit ? rule with { InstallLimit = limit } : rule;
    }

    private static bool IsList(string word) => word.Contains('/', StringComparison.Ordinal) || ListEndings.Any(e => word.EndsWith(e, StringComparison.Ordinal));

    private async Task<IReadOnlyList<Host>> ReadListAsync(RuleText text, string path, CancellationToken ct)
    {
        var read = await HostListFile.ReadAsync(Path.Combine(folder, path), null, TextReader.Null, ct);
        _problems.AddRange(read.List.Problems.Select(p => p with { Where = $"{text.Where}: {p.Where}" }));
        if (read.List is { Problems.Count: 0, Hosts.Count: 0 }) _problems.Add(new Problem(text.Where, $"the host list {HostSyntax.Quoted(path)} is empty"));
        return read.List.Hosts;
    }

    private IReadOnlyList<Host> ReadHosts(RuleText text, string word)
    {
        var (hosts, problems) = HostSpec.Parse(text.Where, word.TrimEnd(','));
        _problems.AddRange(problems);
        return hosts;
    }

    private HostAccess Access(RuleText text, Host host)
    {
        var known = text.Password is null ? credentials(host.Address, host.User ?? text.Login) : null;
        string? login = host.User ?? text.Login ?? known?.Login;
        var named = login is null || host.User is not null ? host : new Host(host.Address, host.Port, login) { Row = host.Row }.WithVariables(host.Variables);
        var access = new HostAccess(named, text.Password ?? known?.Password, text.Via) { Account = text.Account ?? known?.Account };
        if (text.Via is Transport.Ftp or Transport.Ftps && (login is null || access.Password is null))
            _problems.Add(new Problem(text.Where, $"there is no login and password for {host}, which FTP needs", $"login and password in the rule, or in ~/.netrc: machine {host.Address} login NAME password PASSWORD"));
        return access;
    }
}
