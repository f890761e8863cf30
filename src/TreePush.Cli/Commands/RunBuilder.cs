using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Engine.Hosts;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary>Makes a run from what the user gave: reads the list, leaves out who is excluded, and finds all that is wrong before anybody is contacted.</summary>
internal sealed class RunBuilder(PushSettings settings)
{
    private readonly List<Problem> _problems = [.. settings.Problems];
    private readonly List<Problem> _warnings = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public IReadOnlyList<Problem> Warnings => _warnings;

    /// <returns>The run, or null where there are problems.</returns>
    public async Task<RunRequest?> BuildAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(settings.Command))
            _problems.Add(new Problem("", "no command is given", "for example: treepush 'scp -P $TPUSH_PORT /data/f $TPUSH_USER@$TPUSH_HOST:/data/f' -s 10.0.0.1 -l hosts.txt"));
        else if (settings.Command.Contains('\0', StringComparison.Ordinal))
            _problems.Add(new Problem("", "the command has a NUL character"));
        if (settings.Sources.Count == 0 && !_problems.Any(p => p.Where == "-s"))
            _problems.Add(new Problem("-s", "no source is given", "-s names the hosts that have the files, for example -s 10.0.0.1; -s local is this machine"));

        var (targets, format) = await ReadTargetsAsync(ct);
        if (_problems.Count > 0) return null;
        return new RunRequest
        {
            Run = RunId.New(now),
            Command = settings.Command!,
            Sources = [.. settings.Sources.Select(s => AsListed(s, targets)).DistinctBy(s => s.Name)],
            Targets = targets,
            Format = format,
            Slots = settings.Slots,
            Retries = settings.Retries ?? 0,
            MaxTransfers = settings.MaxTransfers ?? new PushPolicy().MaxTransfers,
            Timeout = settings.Timeout,
            Ssh = settings.Ssh,
        };
    }

    /// <summary>An earlier run's request, with what the user gave anew.</summary>
    public RunRequest Resume(RunRequest earlier)
    {
        if (settings.Command is not null || settings.List is not null || settings.Hosts.Count > 0)
            _problems.Add(new Problem("--resume", "a resumed run has its command and its targets already", "leave them out, or start a new run without --resume"));
        return earlier with
        {
            Sources = [.. earlier.Sources.Concat(settings.Sources.Select(s => AsListed(s, earlier.Targets))).DistinctBy(s => s.Name)],
            Slots = settings.SlotsGiven ? settings.Slots : earlier.Slots,
            Retries = settings.Retries ?? earlier.Retries,
            Timeout = settings.Timeout ?? earlier.Timeout,
            MaxTransfers = settings.MaxTransfers ?? earlier.MaxTransfers,
            Ssh = Resume(earlier.Ssh),
        };
    }

    private SshOptions Resume(SshOptions earlier) => earlier with
    {
        ConnectTimeout = settings.ConnectTimeoutGiven ? settings.Ssh.ConnectTimeout : earlier.ConnectTimeout,
        ConfigFile = settings.Ssh.ConfigFile ?? earlier.ConfigFile,
        IdentityFile = settings.Ssh.IdentityFile ?? earlier.IdentityFile,
        ForwardAgent = settings.Ssh.ForwardAgent || earlier.ForwardAgent,
        Options = [.. settings.Ssh.Options, .. earlier.Options],
        ShareConnections = settings.Ssh.ShareConnections && earlier.ShareConnections,
    };

    private async Task<(IReadOnlyList<Host> Targets, ListFormat Format)> ReadTargetsAsync(CancellationToken ct)
    {
        var hosts = new List<Host>();
        var format = settings.Format is { } given ? new ListFormat(false, given.Text, null) : ListFormat.Default;
        if (settings.List is { } path)
        {
            var read = await HostListFile.ReadAsync(path, settings.Format, Console.In, ct);
            _problems.AddRange(read.List.Problems);
            _warnings.AddRange(read.List.Warnings);
            hosts.AddRange(read.List.Hosts);
            format = read.Format;
        }
        else if (settings.Hosts.Count == 0 && !_problems.Any(p => p.Where == "-w"))
            _problems.Add(new Problem("-l", "no targets are given", "-l names a list of hosts, -w gives them here: -w 'web[01-12]'"));

        var known = hosts.Select(h => h.Name).ToHashSet();
        foreach (var host in settings.Hosts)
            if (!known.Add(host.Name)) _warnings.Add(new Problem("-w", $"{host.Name} is in the list already"));
            else hosts.Add(host);
        return (Exclude(hosts), format);
    }

    private List<Host> Exclude(List<Host> hosts)
    {
        var excluded = settings.Excluded.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var left = new List<Host>();
        foreach (var host in hosts)
        {
            string[] names = [host.Address, host.Name.Value];
            var matching = names.Where(excluded.Contains).ToList();
            found.UnionWith(matching);
            if (matching.Count == 0) left.Add(host);
        }

        foreach (string unknown in excluded.Except(found, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))
            _warnings.Add(new Problem("-x", $"{HostSyntax.Quoted(unknown)} is not among the targets"));
        if (left.Count == 0 && hosts.Count > 0) _problems.Add(new Problem("-x", "no target is left"));
        return left;
    }

    /// <summary>A source given by its bare name is reached as its row in the list says, where it has one.</summary>
    private static Host AsListed(Host source, IReadOnlyList<Host> targets)
    {
        if (source.Port != Host.DefaultPort || source.User is not null || source.Name == HostName.Local) return source;
        var listed = targets.Where(t => t.Address.Equals(source.Address, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return listed.Count == 1 ? listed[0] : source;
    }
}
