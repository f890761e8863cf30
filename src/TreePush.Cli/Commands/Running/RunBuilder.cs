using TreePush.Core.Hosts;
using TreePush.Engine.Hosts;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Running;

/// <summary>
/// Builds a run from the user's settings: reads the list, removes excluded hosts, and finds all problems before any host
/// is contacted.
/// </summary>
/// <param name="faults">The problems of the settings themselves.</param>
internal abstract class RunBuilder(RunSettings settings, IEnumerable<Problem> faults)
{
    private readonly List<Problem> _problems = [.. faults];
    private readonly List<Problem> _warnings = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public IReadOnlyList<Problem> Warnings => _warnings;

    /// <summary>The run's command; for a sync, a description.</summary>
    protected abstract string Command { get; }

    /// <returns>The run; null if there are problems.</returns>
    public async Task<RunRequest?> BuildAsync(DateTimeOffset now, CancellationToken ct)
    {
        CheckWork();
        var sources = Sources();
        var (targets, format) = await ReadTargetsAsync(ct);
        CheckTargets(targets);
        if (_problems.Count > 0) return null;
        return new RunRequest
        {
            Run = RunId.New(now),
            Command = Command,
            Sources = [.. sources.Select(s => AsListed(s, targets)).DistinctBy(s => s.Name)],
            Targets = targets,
            Format = format,
            Ssh = settings.Ssh,
            Work = NewWork(),
        };
    }

    /// <summary>
    /// An earlier run's request with the user's changes. The earlier run may be of another job than the command that
    /// resumes it.
    /// </summary>
    public RunRequest Resume(RunRequest earlier)
    {
        CheckResume(earlier);
        return Change(earlier with
        {
            Sources = [.. earlier.Sources.Concat(settings.Sources.Select(s => AsListed(s, earlier.Targets))).DistinctBy(s => s.Name)],
            Ssh = Resume(earlier.Ssh),
            Work = earlier.Work.WithDryRun(settings.DryRun),
        });
    }

    /// <summary>Whether the user gave something that a resumed run has already, other than targets.</summary>
    protected abstract bool NamesWork { get; }

    /// <summary>Finds problems with the work.</summary>
    protected abstract void CheckWork();

    /// <summary>The sources if the user gave none.</summary>
    protected abstract IReadOnlyList<Host> UsualSources();

    /// <summary>Finds problems with the work for these targets.</summary>
    protected virtual void CheckTargets(IReadOnlyList<Host> targets)
    {
        // Most jobs accept any targets.
    }

    /// <summary>The work of a new run.</summary>
    protected abstract Work NewWork();

    /// <summary>Applies the options that only this job has to an earlier run.</summary>
    protected abstract RunRequest Change(RunRequest earlier);

    protected void Refuse(Problem problem) => _problems.Add(problem);

    private IReadOnlyList<Host> Sources() => settings.Sources.Count > 0 || _problems.Any(p => p.Where == "-s") ? settings.Sources : UsualSources();

    private void CheckResume(RunRequest earlier)
    {
        if (earlier.Work.IsDryRun)
            Refuse(new Problem("--resume", $"the run {earlier.Run} was a dry run, so there is nothing to continue", "run its command again without -n"));
        if (NamesWork || settings.List is not null || settings.Hosts.Count > 0)
            Refuse(new Problem("--resume", $"a resumed run has its {Job.Of(earlier).WhatItBrings} and its targets already",
                "omit them, or start a new run without --resume"));
    }

    private SshOptions Resume(SshOptions earlier) => earlier with
    {
        Client = settings.SshClientGiven ? settings.Ssh.Client : earlier.Client,
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
            Refuse(new Problem("-l", "no targets are given", "-l names a list of hosts, -w names hosts on the command line: -w 'web[01-12]'"));

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
        if (left.Count == 0 && hosts.Count > 0) Refuse(new Problem("-x", "no target is left"));
        return left;
    }

    /// <summary>The source's row in the list, if the source is given by its bare name and the list has one such row.</summary>
    private static Host AsListed(Host source, IReadOnlyList<Host> targets)
    {
        if (source.Port != Host.DefaultPort || source.User is not null || source.Name == HostName.Local) return source;
        var listed = targets.Where(t => t.Address.Equals(source.Address, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return listed.Count == 1 ? listed[0] : source;
    }
}
