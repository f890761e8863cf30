using TreePush.Cli.Commands.Running;
using TreePush.Core.Hosts;
using TreePush.Core.Manifests;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Commands.Syncing;

/// <summary>Builds a sync from the user's settings.</summary>
internal sealed class SyncBuilder(SyncSettings settings) : RunBuilder(settings.Run, settings.Problems)
{
    private static readonly IReadOnlyList<Host> ThisMachine = [new Host("local")];

    private DestinationTemplate? _destination;

    protected override string Command => SyncWords.Of(settings);

    protected override bool NamesWork => settings.Source is not null || settings.Destination is not null;

    protected override void CheckWork()
    {
        if (settings.Source is not { Length: > 0 } || settings.Destination is not { Length: > 0 })
        {
            string missing = settings.Source is { Length: > 0 } ? "no DEST is given" : "neither SRC nor DEST is given";
            Refuse(new Problem("", settings.Source is { Length: 0 } ? "SRC is empty" : settings.Destination is { Length: 0 } ? "DEST is empty" : missing,
                "for example: treepush sync /srv/www /srv/www -l hosts.txt"));
            return;
        }

        bool isHere = settings.Run.Sources.Count == 0 || settings.Run.Sources.Any(s => s.IsLocal);
        foreach (var problem in PathCheck.Problems(settings.Source, settings.Destination, isHere, settings.Sudo)) Refuse(problem);
        bool isOnlyHere = settings.Run.Sources.All(s => s.IsLocal);
        if (IsGuarded && isOnlyHere && PathCheck.IsEmptyHere(settings.Source))
            Refuse(new Problem("SRC", $"{HostSyntax.Quoted(settings.Source)} is empty, and --delete would empty DEST on every target", "use --force if you intend this"));
        (_destination, var faults) = DestinationTemplate.Parse(settings.Destination);
        foreach (var fault in faults) Refuse(fault);
    }

    protected override IReadOnlyList<Host> UsualSources() => ThisMachine;

    protected override void CheckTargets(IReadOnlyList<Host> targets)
    {
        foreach (var problem in _destination?.Check(targets) ?? []) Refuse(problem);
        if (_destination is { } destination) CheckSources(settings.Run.Sources.Count > 0 ? settings.Run.Sources : ThisMachine, targets, settings.Source!, destination);
        if (_destination is not null) CheckDeletion(targets, _destination);
    }

    /// <summary>
    /// Whether <c>--delete</c> without <c>--force</c> needs the checks below. Relays repeat them with links resolved.
    /// </summary>
    private bool IsGuarded => settings is { Delete: true, Force: false };

    /// <summary>Refuses a DEST that, as it is written, is a system directory or a home directory.</summary>
    private void CheckDeletion(IReadOnlyList<Host> targets, DestinationTemplate destination)
    {
        if (!IsGuarded) return;
        var paths = targets.Select(t => (Target: t, destination.Expand(t).Path)).Where(e => e.Path is { } p && (ProtectedPaths.Contains(p) || (!e.Target.IsLocal && ProtectedPaths.IsHome(p))));
        foreach (string path in paths.Select(e => e.Path!).Distinct())
            Refuse(new Problem("DEST", $"{HostSyntax.Quoted(path)} is {(path.StartsWith('/') ? "a system directory" : "the login's home directory")}, and --delete would delete all extraneous files there", "use --force if you intend this"));
    }

    /// <summary>Refuses a target that is also a source, unless its DEST is SRC: a source has the files in SRC only.</summary>
    private void CheckSources(IReadOnlyList<Host> sources, IReadOnlyList<Host> targets, string from, DestinationTemplate destination)
    {
        foreach (var source in sources)
            if (targets.FirstOrDefault(t => t.Name == source.Name) is { } target && destination.Expand(target).Path is { } to && !PathCheck.AreSame(from, to, source.IsLocal))
                Refuse(new Problem(source.Name.Value, "this host is also a source, and treepush does not write to a source", $"-x {source.Name.Value} removes it from the targets; -s names other sources"));
    }

    protected override Work NewWork() => Change(new SyncWork
    {
        Source = settings.Source!,
        Destination = settings.Destination!,
        WorkingFolder = Environment.CurrentDirectory,
        Delete = settings.Delete,
        Owner = settings.Owner,
        OneFileSystem = settings.OneFileSystem,
        DryRun = settings.Run.DryRun,
        Rules = settings.Rules,
    });

    protected override RunRequest Change(RunRequest earlier)
    {
        if (earlier.Work is not SyncWork sync)
        {
            foreach (string option in settings.Own) Refuse(new Problem(option, $"the run {earlier.Run} is a push, which has no such option", "treepush --help lists its options"));
            return earlier;
        }

        // The remaining targets must become equal to those that are served already.
        foreach (string option in settings.OfWork) Refuse(new Problem(option, "a resumed run copies the same files as before", "omit the option, or start a new run without --resume"));
        if (DestinationTemplate.Parse(sync.Destination).Template is { } destination) CheckSources(settings.Run.Sources, earlier.Targets, sync.Source, destination);
        return earlier with { Work = Change(sync) };
    }

    /// <summary>The options that may change when a run is resumed.</summary>
    private SyncWork Change(SyncWork work) => work with
    {
        MaxDelete = settings.MaxDelete ?? work.MaxDelete,
        Compress = work.Compress || settings.Compress,
        NoFsync = work.NoFsync || settings.NoFsync,
        Checksum = work.Checksum || settings.Checksum,
        Force = work.Force || settings.Force,
        Sudo = work.Sudo || settings.Sudo,
        BandwidthLimit = settings.BandwidthLimit is null ? work.BandwidthLimit : LimitOrNone(settings.BandwidthLimit),
        Topology = settings.Topology ?? work.Topology,
        PlainChannel = settings.PlainChannel ?? work.PlainChannel,
        Ports = settings.Ports ?? work.Ports,
        Failover = settings.Failover ?? work.Failover,
    };

    private static long? LimitOrNone(long? rate) => rate is 0 ? null : rate;
}
