using TreePush.Core.Hosts;
using TreePush.Core.Manifests;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Syncing;

/// <summary>Executes a sync: starts relays, attaches them to each other, and reads what they report.</summary>
internal sealed class SyncRun : IRunJob<SyncRun.Arrival, SyncCommand>
{
    private readonly RunLoop<Arrival, SyncCommand> _loop;
    private readonly SyncWork _sync;
    private readonly SyncCoordinator _coordinator;
    private readonly RunContext _context;
    private readonly IRelayLauncher _launcher;
    private readonly RelaySettings _settings;
    private readonly RelaySupply _supply = new();
    private readonly Dictionary<HostName, RelaySession> _open = [];
    private readonly Dictionary<int, HostName> _children = [];

    /// <summary>Hosts by the public keys of their relays.</summary>
    private readonly Dictionary<string, HostName> _keys = [];
    private readonly List<byte[]> _signers = [];
    private readonly WantedEntries _wanted = new();
    private readonly FileWarningLimit _warnings = new();
    private RelaySession? _writer;
    private TreePlace _source = TreePlace.Unknown;

    private SyncRun(RunLoop<Arrival, SyncCommand> loop, RunRequest request, SyncWork sync, IReadOnlySet<HostName> served, RunContext context, IRelayLauncher launcher)
    {
        (_loop, _sync, _context, _launcher) = (loop, sync, context, launcher);
        _settings = new RelaySettings(sync, request.Targets.Count);
        _coordinator = new SyncCoordinator(PlanOf(request, sync, served));
    }

    /// <summary>Runs the sync to its end.</summary>
    /// <param name="served">Targets that an earlier part of the same run has served.</param>
    public static Task<RunFinished> RunAsync(RunRequest request, SyncWork sync, IReadOnlySet<HostName> served, RunContext context) =>
        RunAsync(request, sync, served, context, new RelayLauncher(context.Driver, RelayPackage.Shipped, context.Time));

    /// <inheritdoc cref="RunAsync(RunRequest, SyncWork, IReadOnlySet{HostName}, RunContext)"/>
    internal static async Task<RunFinished> RunAsync(RunRequest request, SyncWork sync, IReadOnlySet<HostName> served, RunContext context, IRelayLauncher launcher)
    {
        using var loop = new RunLoop<Arrival, SyncCommand>(context.Observers, context.Time);
        var run = new SyncRun(loop, request, sync, served, context, launcher);
        run.Post(new SyncInput.Start());
        context.Controls.Bind(control =>
        {
            if (control is RunControl.Stop stop) run.Post(new SyncInput.Stop(stop.Kill));
        });
        return await loop.RunAsync(run);
    }

    public static SyncPlan PlanOf(RunRequest request, SyncWork sync, IReadOnlySet<HostName> served)
    {
        var policy = new SyncPolicy
        {
            Topology = sync.Topology,
            DryRun = sync.DryRun,
            Failover = sync.Failover,
            Probe = true,
            ReportEvery = RelaySettings.ReportEvery(request.Targets.Count),
            MostRate = sync.BandwidthLimit ?? double.PositiveInfinity,
        };
        return new SyncPlan(request.Sources, request.Targets, policy) { Run = request.Run, Version = ProgramVersion.Text, Command = request.Command, Served = served };
    }

    public RunStep<SyncCommand>? Handle(Arrival arrival, DateTimeOffset now)
    {
        if ((arrival.Input ?? InputOf(arrival.Session!, arrival.Message!)) is not { } input) return null;
        Register(arrival);
        return _coordinator.Handle(input, now);
    }

    public void Execute(SyncCommand command)
    {
        switch (command)
        {
            case SyncCommand.Probe probe: _loop.Start(() => ProbeAsync(probe.Hosts)); break;
            case SyncCommand.Open open: _loop.Start(() => OpenAsync(open.Host, open.Role)); break;
            case SyncCommand.Link link: Attach(link); break;
            case SyncCommand.Promote promote: Promote(promote.Host); break;
            case SyncCommand.Close close: Close(close.Host); break;
            case SyncCommand.WakeAt wake: _loop.PostAt(wake.Time, new Arrival(new SyncInput.Woken())); break;
        }
    }

    public void Close()
    {
        foreach (var host in _open.Keys.ToList()) Close(host);
    }

    public void Discard(Arrival late)
    {
        if (late is { Input: SyncInput.Opened, Session: { } session }) _loop.Start(async () => await session.DisposeAsync());
    }

    /// <summary>Keeps track of the open sessions.</summary>
    private void Register(Arrival arrival)
    {
        switch (arrival.Input)
        {
            case SyncInput.Opened opened: Register(opened.Host, arrival.Session!); break;
            case SyncInput.Lost lost: Close(lost.Host); break;
        }
    }

    private void Register(HostName host, RelaySession session)
    {
        _open[host] = session;
        _keys[Convert.ToHexString(session.Ready.Key)] = host;
        if (session.Role == RelayRole.Source)
        {
            _writer = session;
            _source = session.Ready.Tree;
            _signers.Clear();
            _signers.Add(session.Ready.Key);
        }

        _loop.Start(async () =>
        {
            var failure = await session.ListenAsync(m => _loop.Post(new Arrival(null, session, m)));
            Post(new SyncInput.Lost(host, failure));
        });
    }

    /// <summary>
    /// A relay's message as an input for the coordinator; null if the message is handled here. Messages are handled at
    /// once, in the order of their arrival. If they were queued again, a relay's last message would come after the news
    /// of its end.
    /// </summary>
    private SyncInput? InputOf(RelaySession session, ControlMessage message)
    {
        var host = session.Host.Name;
        switch (message)
        {
            case ControlMessage.SourceScanned m: return new SyncInput.SourceScanned(host, m.Entries, m.Bytes) { Skipped = m.Skipped, Unread = m.Unread };
            case ControlMessage.Linked m when IsOf(host, m.Link): return new SyncInput.Linked(m.Link);
            case ControlMessage.LinkLost m when IsOf(host, m.Link): return new SyncInput.LinkLost(m.Link, m.Fault, DisplayText.Line(m.Message));
            case ControlMessage.Scanned m: return new SyncInput.Scanned(host, m.Need) { IsWhole = m.IsWhole };
            case ControlMessage.Progress m: return new SyncInput.Progressed(host, ProgressOf(m)) { At = session.Clock.TimeOf(m.At, _loop.Now), Stalled = TimeSpan.FromMilliseconds(m.Stalled) };
            case ControlMessage.Delivered m: return new SyncInput.Delivered(host, m.Receipt);
            case ControlMessage.Duplicate m when _keys.TryGetValue(Convert.ToHexString(m.Key), out var twin): return new SyncInput.Duplicate(host, twin);
            case ControlMessage.Lacking m: return new SyncInput.Lacking(host, DisplayText.Line(m.Message));
            case ControlMessage.Failed m: return new SyncInput.Failed(host, RelayFailures.Of(session.Role, m), m.CanServe);
            case ControlMessage.Wants m: Want(host, m.Entries); break;
            case ControlMessage.FileWarning m: Warn(host, DisplayText.Line(m.Path), DisplayText.Line(m.Message)); break;
        }

        return null;
    }

    /// <summary>A relay may report only its own links.</summary>
    private bool IsOf(HostName child, int link) => _children.TryGetValue(link, out var host) && host == child;

    private HostProgress ProgressOf(ControlMessage.Progress m) => new(m.Have, m.Needed, m.Received,
        [.. m.Children.Where(c => _children.ContainsKey(c.Link)).Select(c => new ChildProgress(c.Link, _children[c.Link], c.Sent, c.Backlog, c.Remaining))])
    {
        Burst = m.Burst,
        Pages = m.Pages,
    };

    /// <summary>Passes on to the writer of the ledger the entries that no host has wanted before.</summary>
    private void Want(HostName host, IReadOnlyList<PieceRange> entries)
    {
        var news = _wanted.Add(host, entries);
        if (news.Count > 0) _writer?.Send(new ControlMessage.Want(news));
    }

    private void Warn(HostName host, string path, string message)
    {
        if (_warnings.Admit(host, path, message) is var (shown, text)) _loop.Emit(new FileWarning(_loop.Now, host, shown, text));
    }

    private Task ProbeAsync(IReadOnlyList<Host> hosts) =>
        new PortProbe(_context.Time).RunAsync(hosts, known => Post(new SyncInput.Probed(known)), _loop.Ended);

    private async Task OpenAsync(Host host, RelayRole role)
    {
        using var supply = _supply.NewLease();
        RelaySession session;
        try
        {
            var start = new RelayStart { Sudo = _sync.Sudo, Supply = supply, Said = line => _context.Debug?.Invoke($"{host}: {DisplayText.Line(line)}") };
            var process = await _launcher.StartAsync(host, start, _loop.Ended);
            session = await RelaySession.StartAsync(process, _settings.StartOf(host, role), _context.Time, _loop.Ended);
        }
        catch (RemoteException e)
        {
            Post(new SyncInput.Lost(host.Name, e.Failure));
            return;
        }

        if (RelayPeer.Of(session) is { } peer) _supply.Add(peer);
        if (!_loop.Post(new Arrival(new SyncInput.Opened(host.Name), session))) await session.DisposeAsync();
    }

    private void Attach(SyncCommand.Link link)
    {
        _children[link.Number] = link.Child;
        if (!_open.TryGetValue(link.Parent, out var parent) || !_open.TryGetValue(link.Child, out var child))
        {
            Post(new SyncInput.LinkLost(link.Number, LinkFault.Closed, "one of the two is gone"));
            return;
        }

        byte[][] signers = [.. _signers];
        _loop.Start(async () =>
        {
            try
            {
                var endpoints = await LinkPlanner.EndpointsAsync(parent, child, link.Route, _loop.Ended);
                byte[] token = LinkToken.Make(parent.Secret, link.Number);
                child.Send(new ControlMessage.Attach(link.Number, endpoints, parent.Ready.Key, token, signers) { Source = _source });
            }
            catch (RemoteException e)
            {
                Post(new SyncInput.LinkLost(link.Number, LinkFault.Unreachable, e.Failure.Message));
            }
        });
    }

    /// <summary>Makes a complete host the writer of the ledger, and tells all relays which signers they may trust now.</summary>
    private void Promote(HostName host)
    {
        if (!_open.TryGetValue(host, out var session)) return;
        _writer = session;
        _signers.Add(session.Ready.Key);
        byte[][] signers = [.. _signers];
        foreach (var other in _open.Values) other.Send(new ControlMessage.Trust(signers));
        session.Send(new ControlMessage.Promote(_wanted.All, signers));
    }

    private void Close(HostName host)
    {
        if (_open.Remove(host, out var session)) _loop.Start(async () => await session.DisposeAsync());
    }

    private void Post(SyncInput input) => _loop.Post(new Arrival(input));

    /// <param name="Session">The relay that the <see cref="SyncInput.Opened"/> or the message belongs to.</param>
    internal readonly record struct Arrival(SyncInput? Input, RelaySession? Session = null, ControlMessage? Message = null);
}
