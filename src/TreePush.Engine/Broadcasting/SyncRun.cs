using System.Threading.Channels;
using TreePush.Core.Broadcasting;
using TreePush.Core.Hosts;
using TreePush.Core.Manifests;
using TreePush.Core.Pushing;
using TreePush.Core.Wire;
using TreePush.Engine.Pushing;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Broadcasting;

/// <summary>
/// Carries a broadcast out: one loop reads inputs, hands them to the <see cref="BroadcastCoordinator"/> and does what it
/// commands; every task, and every relay's listener, posts what happens back as an input. Only the loop touches the run's state.
/// </summary>
public sealed class SyncRun : IDisposable
{
    private readonly SyncRequest _sync;
    private readonly BroadcastCoordinator _coordinator;
    private readonly IRelayLauncher _launcher;
    private readonly RelaySettings _settings;
    private readonly RelaySupply _supply = new();
    private readonly IReadOnlyList<IRunObserver> _observers;
    private readonly Action<string> _debug;
    private readonly TimeProvider _time;
    private readonly RunClock _clock;
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<HostName, RelaySession> _open = [];
    private readonly Dictionary<int, HostName> _children = [];

    /// <summary>Hosts by the public keys of their relays.</summary>
    private readonly Dictionary<string, HostName> _keys = [];
    private readonly List<byte[]> _signers = [];
    private readonly WantedEntries _wanted = new();
    private readonly NoticeLimit _notices = new();
    private readonly TaskGroup _tasks = new();
    private readonly CancellationTokenSource _ended = new();
    private RelaySession? _writer;
    private TreePlace _source = TreePlace.Unknown;

    /// <param name="served">Targets that an earlier part of the same run has served.</param>
    /// <param name="debug">Gets ssh's command lines, and what relays print.</param>
    public SyncRun(RunFolder folder, IReadOnlySet<HostName> served, IReadOnlyList<IRunObserver> observers, TimeProvider time, Action<string> debug)
        : this(folder, served, observers, time, debug, new RelayLauncher(folder.Request.Ssh, RelayPackage.Shipped, time, debug))
    {
    }

    internal SyncRun(
        RunFolder folder, IReadOnlySet<HostName> served, IReadOnlyList<IRunObserver> observers, TimeProvider time, Action<string> debug, IRelayLauncher launcher)
    {
        var request = folder.Request;
        _sync = request.Sync ?? throw new ArgumentException("The run is no sync.", nameof(folder));
        (_observers, _time, _debug, _launcher) = (observers, time, debug, launcher);
        _clock = new RunClock(time);
        _settings = new RelaySettings(_sync, request.Targets.Count);
        _coordinator = new BroadcastCoordinator(PlanOf(request, served));
    }

    public static BroadcastPlan PlanOf(RunRequest request, IReadOnlySet<HostName> served)
    {
        var sync = request.Sync!;
        var policy = new BroadcastPolicy
        {
            Topology = sync.Topology,
            DryRun = sync.DryRun,
            Failover = sync.Failover,
            Probe = true,
            ReportEvery = RelaySettings.ReportEvery(request.Targets.Count),
            MostRate = sync.BandwidthLimit ?? double.PositiveInfinity,
        };
        return new BroadcastPlan(request.Sources, request.Targets, policy) { Run = request.Run, Command = request.Command, Served = served };
    }

    /// <summary>Gives the run an input from outside. After its end it leads to nothing.</summary>
    public void Post(BroadcastInput input) => _arrivals.Writer.TryWrite(new Arrival(input));

    /// <summary>Runs to the end. Nothing is left running when it returns.</summary>
    public async Task<RunFinished> RunAsync()
    {
        RunFinished? finished = null;
        Post(new BroadcastInput.Start());
        try
        {
            await foreach (var arrival in _arrivals.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                if ((arrival.Input ?? InputOf(arrival.Session!, arrival.Message!)) is not { } input) continue;
                Register(arrival);
                var step = _coordinator.Handle(input, _clock.Now);
                foreach (var happened in step.Events)
                {
                    finished ??= happened as RunFinished;
                    Tell(happened);
                }

                foreach (var command in step.Commands) Obey(command);
                if (step.Finished) break;
            }
        }
        finally
        {
            await EndAsync().ConfigureAwait(false);
        }

        return finished!;
    }

    public void Dispose()
    {
        _launcher.Dispose();
        _ended.Dispose();
    }

    private void Tell(RunEvent happened)
    {
        foreach (var observer in _observers) observer.Notice(happened);
    }

    /// <summary>Keeps the books of what is open.</summary>
    private void Register(Arrival arrival)
    {
        switch (arrival.Input)
        {
            case BroadcastInput.Opened opened: Register(opened.Host, arrival.Session!); break;
            case BroadcastInput.Lost lost: Close(lost.Host); break;
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

        Go(async () =>
        {
            var failure = await session.ListenAsync(m => _arrivals.Writer.TryWrite(new Arrival(null, session, m))).ConfigureAwait(false);
            Post(new BroadcastInput.Lost(host, failure));
        });
    }

    /// <summary>
    /// What a relay says, as an input; null where it is not the coordinator's. It is handled at once, in the order in which it
    /// came: put behind what has arrived meanwhile, a relay's last word would come after the news of its end.
    /// </summary>
    private BroadcastInput? InputOf(RelaySession session, ControlMessage message)
    {
        var host = session.Host.Name;
        switch (message)
        {
            case ControlMessage.Surveyed m: return new BroadcastInput.Surveyed(host, m.Entries, m.Bytes) { Skipped = m.Skipped, Unread = m.Unread };
            case ControlMessage.Linked m when IsOf(host, m.Link): return new BroadcastInput.Linked(m.Link);
            case ControlMessage.LinkLost m when IsOf(host, m.Link): return new BroadcastInput.LinkLost(m.Link, m.Fault, DisplayText.Line(m.Message));
            case ControlMessage.Scanned m: return new BroadcastInput.Scanned(host, m.Need) { IsWhole = m.IsWhole };
            case ControlMessage.Progress m: return new BroadcastInput.Progressed(host, ProgressOf(m)) { At = session.Clock.TimeOf(m.At, _clock.Now), Stalled = TimeSpan.FromMilliseconds(m.Stalled) };
            case ControlMessage.Delivered m: return new BroadcastInput.Delivered(host, m.Receipt);
            case ControlMessage.Twin m when _keys.TryGetValue(Convert.ToHexString(m.Key), out var twin): return new BroadcastInput.Twin(host, twin);
            case ControlMessage.Lacking m: return new BroadcastInput.Lacking(host, DisplayText.Line(m.Message));
            case ControlMessage.Failed m: return new BroadcastInput.Failed(host, RelayFailures.Of(session.Role, m), m.CanServe);
            case ControlMessage.Wants m: Want(host, m.Entries); break;
            case ControlMessage.Notice m: Notice(host, DisplayText.Line(m.Path), DisplayText.Line(m.Message)); break;
        }

        return null;
    }

    /// <summary>A relay speaks of its own links only.</summary>
    private bool IsOf(HostName child, int link) => _children.TryGetValue(link, out var host) && host == child;

    private HostProgress ProgressOf(ControlMessage.Progress m) => new(m.Have, m.Needed, m.Received,
        [.. m.Children.Where(c => _children.ContainsKey(c.Link)).Select(c => new ChildProgress(c.Link, _children[c.Link], c.Sent, c.Backlog, c.Remaining))])
    {
        Burst = m.Burst,
        Pages = m.Pages,
    };

    /// <summary>Passes on to the writer of the ledger what nobody has wanted before.</summary>
    private void Want(HostName host, IReadOnlyList<PieceRange> entries)
    {
        var news = _wanted.Add(host, entries);
        if (news.Count > 0) _writer?.Send(new ControlMessage.Want(news));
    }

    private void Notice(HostName host, string path, string message)
    {
        if (_notices.Admit(host, path, message) is var (shown, text)) Tell(new FileNoticed(_clock.Now, host, shown, text));
    }

    private void Obey(BroadcastCommand command)
    {
        switch (command)
        {
            case BroadcastCommand.Probe probe: Go(() => ProbeAsync(probe.Hosts)); break;
            case BroadcastCommand.Open open: Go(() => OpenAsync(open.Host, open.Role)); break;
            case BroadcastCommand.Link link: Attach(link); break;
            case BroadcastCommand.Promote promote: Promote(promote.Host); break;
            case BroadcastCommand.Close close: Close(close.Host); break;
            case BroadcastCommand.WakeAt wake: Go(() => WakeAsync(wake.Time)); break;
        }
    }

    private Task ProbeAsync(IReadOnlyList<Host> hosts) =>
        new PortProbe(_time).RunAsync(hosts, known => Post(new BroadcastInput.Probed(known)), _ended.Token);

    private async Task OpenAsync(Host host, RelayRole role)
    {
        using var supply = _supply.NewLease();
        RelaySession session;
        try
        {
            var start = new RelayStart { Sudo = _sync.Sudo, Supply = supply, Said = line => _debug($"{host}: {DisplayText.Line(line)}") };
            var process = await _launcher.StartAsync(host, start, _ended.Token).ConfigureAwait(false);
            session = await RelaySession.StartAsync(process, _settings.StartOf(host, role), _time, _ended.Token).ConfigureAwait(false);
        }
        catch (RemoteException e)
        {
            Post(new BroadcastInput.Lost(host.Name, e.Failure));
            return;
        }

        if (RelayPeer.Of(session) is { } peer) _supply.Add(peer);
        if (!_arrivals.Writer.TryWrite(new Arrival(new BroadcastInput.Opened(host.Name), session))) await session.DisposeAsync().ConfigureAwait(false);
    }

    private void Attach(BroadcastCommand.Link link)
    {
        _children[link.Number] = link.Child;
        if (!_open.TryGetValue(link.Parent, out var parent) || !_open.TryGetValue(link.Child, out var child))
        {
            Post(new BroadcastInput.LinkLost(link.Number, LinkFault.Closed, "one of the two is gone"));
            return;
        }

        byte[][] signers = [.. _signers];
        Go(async () =>
        {
            try
            {
                var endpoints = await LinkPlanner.EndpointsAsync(parent, child, link.Route, _ended.Token).ConfigureAwait(false);
                byte[] token = LinkToken.Make(parent.Secret, link.Number);
                child.Send(new ControlMessage.Attach(link.Number, endpoints, parent.Ready.Key, token, signers) { Source = _source });
            }
            catch (RemoteException e)
            {
                Post(new BroadcastInput.LinkLost(link.Number, LinkFault.Unreachable, e.Failure.Message));
            }
        });
    }

    /// <summary>Makes a complete host the writer of the ledger, and tells all whom they may believe now.</summary>
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
        if (_open.Remove(host, out var session)) Go(async () => await session.DisposeAsync().ConfigureAwait(false));
    }

    /// <summary>Wakes at that time or later, never before; see the push.</summary>
    private async Task WakeAsync(DateTimeOffset at)
    {
        TimeSpan delay;
        while ((delay = at - _clock.Now) > TimeSpan.Zero)
        {
            await Task.Delay(delay + TimeSpan.FromMilliseconds(1), _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ended.IsCancellationRequested) return;
        }

        Post(new BroadcastInput.Woken());
    }

    /// <summary>Starts a task that the run waits for at its end; one that fails in a way that is not foreseen ends the run.</summary>
    private void Go(Func<Task> task) => _tasks.Run(task, fault => _arrivals.Writer.TryComplete(fault));

    private async Task EndAsync()
    {
        _arrivals.Writer.TryComplete();
        while (_arrivals.Reader.TryRead(out var late))
            if (late is { Input: BroadcastInput.Opened, Session: { } session }) Go(async () => await session.DisposeAsync().ConfigureAwait(false));
        foreach (var host in _open.Keys.ToList()) Close(host);
        await _ended.CancelAsync().ConfigureAwait(false);
        await _tasks.WaitAsync().ConfigureAwait(false);
    }

    /// <param name="Session">The relay that an <see cref="BroadcastInput.Opened"/> or a message is from.</param>
    private readonly record struct Arrival(BroadcastInput? Input, RelaySession? Session = null, ControlMessage? Message = null);
}
