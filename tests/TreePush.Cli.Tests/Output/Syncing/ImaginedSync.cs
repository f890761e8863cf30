using TreePush.Cli.Output.Html;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Tests.Output.Syncing;

/// <summary>A sync that never was: a chain of hosts, the events that it would tell, and what goes wrong with some of them.</summary>
internal sealed class ImaginedSync
{
    public const long Size = 64 << 20;
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public static readonly HostName Source = new("origin.example");

    private const double Rate = 11.8e6;
    private readonly List<RunEvent> _events = [];
    private readonly string _digest = new('a', 64);
    private readonly Dictionary<int, HostName> _parents = [];
    private int _link;

    private ImaginedSync(int targets, Func<int, string> name) => Targets = [.. Enumerable.Range(1, targets).Select(n => new Host(name(n)))];

    public IReadOnlyList<Host> Targets { get; }

    public IReadOnlyList<RunEvent> Events => _events;

    public RunRequest Request => new()
    {
        Run = "20261122-120000-abcd",
        Command = "sync /srv/app '/srv/my app' --delete",
        Sources = [new Host(Source.Value)],
        Targets = Targets,
        Work = new SyncWork { Source = "/srv/app", Destination = "/srv/my app", Delete = true },
    };

    /// <param name="dead">The target, from 1, that dies half way; the one behind it is attached to the one before it.</param>
    /// <param name="slow">The target that turns out slow and is moved to the end.</param>
    public static ImaginedSync Of(int targets, int? dead = null, int? slow = null, Func<int, string>? name = null)
    {
        var sync = new ImaginedSync(targets, name ?? (n => FormattableString.Invariant($"web{n:000}.example")));
        sync.Open();
        sync.Flow(dead, slow);
        return sync;
    }

    public SyncTally Tally(int? events = null)
    {
        var tally = new SyncTally();
        foreach (var happened in Events.Take(events ?? Events.Count)) tally.OnEvent(happened);
        return tally;
    }

    public SyncReportData Data(int exitCode = 0)
    {
        var fold = new SyncReportFold(Request, new HashSet<HostName>());
        foreach (var happened in Events) fold.OnEvent(happened);
        return fold.Result(exitCode);
    }

    public string Page(int exitCode = 0) => ReportPage.Build(Data(exitCode));

    /// <summary>How many seconds later a host has what the one in front of it has.</summary>
    private double Hop => Math.Min(0.03, 2.0 / Targets.Count);

    private void Open()
    {
        _events.Add(new RunStarted(Start, "1", Request.Run, JobKind.Sync, Request.Command, 1, Targets.Count, 0, false));
        _events.Add(new HostOpening(Start, Source));
        foreach (var target in Targets) _events.Add(new HostOpening(Start, target.Name));
        _events.Add(new HostReady(At(0.2), Source, RelayRole.Source, TimeSpan.FromSeconds(0.2)));
        _events.Add(new TopologyChosen(At(0.2), new Topology(TopologyKind.Chain)));
        _events.Add(new SourceScanned(At(0.25), Source, 3, Size));
        for (int i = 0; i < Targets.Count; i++)
        {
            double at = 0.3 + (i * Math.Min(0.02, 0.6 / Targets.Count));
            _events.Add(new HostReady(At(at), Targets[i].Name, RelayRole.Target, TimeSpan.FromSeconds(at)));
            Link(at, i == 0 ? Source : Targets[i - 1].Name, i);
            _events.Add(new HostScanned(At(at), Targets[i].Name, new Need(3, Size, 4, 2)));
        }
    }

    private void Flow(int? dead, int? slow)
    {
        var fault = new Failure(FailureKind.ConnectionLost, "its relay says nothing any more", "is the host still up?");
        var left = Enumerable.Range(0, Targets.Count).ToList();
        double end = 1 + (Size / Rate);
        for (double at = 1; at < end; at++)
        {
            foreach (int i in left) _events.Add(Progress(at, i, i + 1 == slow ? Rate / 10 : Rate));
            if (at is >= 3 and < 4 && slow is { } late) Demote(at, late - 1);
            if (at is >= 3 and < 4 && dead is { } gone)
            {
                left.Remove(gone - 1);
                _events.Add(new HostLost(At(at), Targets[gone - 1].Name, fault));
                if (gone < Targets.Count) _events.Add(new LinkFailed(At(at), gone + 1, Targets[gone - 1].Name, Targets[gone].Name, Route.Direct, LinkFault.Silent, "nothing came for 12 s"));
                if (gone < Targets.Count) Link(at + 0.1, gone < 2 ? Source : Targets[gone - 2].Name, gone);
                _events.Add(new TargetFailed(At(at), Targets[gone - 1].Name, gone < 2 ? Source : Targets[gone - 2].Name, 1, TimeSpan.FromSeconds(at), fault));
            }
        }

        foreach (int i in left) Deliver(end + (i * Hop), i);
        double took = end + (Targets.Count * Hop);
        _events.Add(new RunFinished(At(took), left.Count, Targets.Count - left.Count, 0, false, TimeSpan.FromSeconds(took)));
    }

    private void Demote(double at, int slow)
    {
        _events.Add(new HostDemoted(At(at), Targets[slow].Name, Rate / 10, Rate));
        if (slow + 1 < Targets.Count) Link(at, slow == 0 ? Source : Targets[slow - 1].Name, slow + 1);
        Link(at, Targets[^1].Name == Targets[slow].Name ? Source : Targets[^1].Name, slow);
    }

    private void Link(double at, HostName parent, int child)
    {
        _parents[child] = parent;
        _events.Add(new HostLinked(At(at), ++_link, parent, Targets[child].Name, Route.Direct));
    }

    private HostProgressed Progress(double at, int host, double rate)
    {
        long have = (long)Math.Min(Size, Math.Max(0, at - (host * Hop)) * rate);
        return new HostProgressed(At(at), Targets[host].Name, new HostProgress(have, Size, have, []));
    }

    private void Deliver(double at, int host) => _events.Add(new TargetServed(At(at), Targets[host].Name, _parents[host], 1, TimeSpan.FromSeconds(at))
    {
        Receipt = new Receipt(4, Size, Size, host + 1 < Targets.Count ? Size : 0, 3, 2, _digest),
    });

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);
}
