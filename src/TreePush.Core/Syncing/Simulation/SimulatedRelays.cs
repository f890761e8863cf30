using TreePush.Core.Runs.Simulation;

namespace TreePush.Core.Syncing.Simulation;

/// <summary>All simulated relays. They execute commands, and fail by their profiles.</summary>
internal sealed class SimulatedRelays
{
    private static readonly TimeSpan ScanTime = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<HostName, SimulatedRelay> _relays = [];
    private readonly SimulatedFleet _fleet;
    private readonly SimulationQueue _queue;
    private readonly Action<SyncInput> _give;
    private readonly Random _random;
    private readonly Flow _flow;
    private readonly DateTimeOffset _start;

    /// <param name="give">Receives what the relays report to the controller.</param>
    public SimulatedRelays(SyncPlan plan, SimulatedFleet fleet, SimulationQueue queue, Action<SyncInput> give)
    {
        (_fleet, _queue, _give, _start) = (fleet, queue, give, queue.Now);
        _random = new Random(fleet.Seed);
        _flow = new Flow(fleet, plan, queue, Send, Break);
        foreach (var host in plan.Sources.Concat(plan.Targets).DistinctBy(h => h.Name))
            _relays.Add(host.Name, new SimulatedRelay(host, fleet.Profiles?.Invoke(host) ?? HostProfile.Fair, fleet));
        foreach (var source in plan.Sources)
            if (_relays[source.Name] is { Profile.Has: 0 } relay) _flow.Endow(relay, 1);
    }

    public Dictionary<HostName, long> Received() => _relays.ToDictionary(r => r.Key, r => r.Value.Received);

    /// <summary>Schedules the faults of all hosts.</summary>
    public void Begin()
    {
        foreach (var relay in _relays.Values)
        {
            if (relay.Profile.Dies is { } death) _queue.At(_start + death, () => Die(relay));
            if (relay.Profile.FallsSilent is { } silence) _queue.At(_start + silence, () => FallSilent(relay));
            if (relay.Profile.Fails is { } failure) _queue.At(_start + failure, () => Fail(relay));
            if (relay.Profile.Stalls is { } stall) _queue.At(_start + stall, () => Stall(relay));
        }
    }

    /// <summary>Whether the host's ssh port does not answer.</summary>
    public bool IsDown(Host host) => _relays[host.Name].Profile.DoesNotOpen;

    public void Execute(SyncCommand command)
    {
        switch (command)
        {
            case SyncCommand.Open open: Open(_relays[open.Host.Name], open.Role); break;
            case SyncCommand.Close close: _queue.After(_fleet.Control, () => Stop(_relays[close.Host])); break;
            case SyncCommand.Promote promote: _queue.After(_fleet.Control, () => _flow.Hash(_relays[promote.Host], PumpAll)); break;
            case SyncCommand.Link link: _queue.After(_fleet.Control, () => Connect(link, _relays[link.Parent], _relays[link.Child])); break;
        }
    }

    private void Open(SimulatedRelay relay, RelayRole role)
    {
        var took = relay.Profile.Opening ?? _fleet.Opening * (0.8 + (0.4 * _random.NextDouble()));
        _queue.After(took, () =>
        {
            if (relay.Profile.DoesNotOpen || relay.IsDead(_queue.Now - _start))
            {
                _give(new SyncInput.Lost(relay.Host.Name, new Failure(FailureKind.HostUnreachable, "no route to host")));
                return;
            }

            relay.IsUp = true;
            if (role == RelayRole.Target) _flow.Endow(relay, relay.Profile.Has);
            _give(new SyncInput.Opened(relay.Host.Name));
            _queue.After(_random.NextDouble() * _fleet.Report, () => Report(relay));
            if (role == RelayRole.Source) _queue.After(ScanTime, () => ScanSource(relay));
        });
    }

    private void ScanSource(SimulatedRelay relay)
    {
        if (relay.StalledSince is not null) return;
        relay.HasScanned = true;
        _flow.Hash(relay, PumpAll);
        Send(relay, new SyncInput.SourceScanned(relay.Host.Name, 1, _fleet.Bytes));
        Learn(relay);
    }

    /// <summary>Gives the ledger to a relay and, through it, to all its descendants.</summary>
    private void Learn(SimulatedRelay relay)
    {
        if (relay.HasLedger || !relay.IsAlive) return;
        relay.HasLedger = true;
        foreach (var link in relay.Out) _queue.After(_fleet.Latency, () => Learn(link.Child));
        if (relay.In is { } above) Offer(above.Parent);
        if (!relay.HasScanned) _queue.After(ScanTime, () => Scan(relay));
    }

    /// <summary>Makes a child give its parent the ledger, unless the parent receives it from its own parent within a second.</summary>
    private void Offer(SimulatedRelay parent)
    {
        if (!parent.HasLedger) _queue.After(TimeSpan.FromSeconds(1), () => Learn(parent));
    }

    private void PumpAll()
    {
        foreach (var relay in _relays.Values)
            if (relay.In is { } link) _flow.Pump(link);
    }

    private void Scan(SimulatedRelay relay)
    {
        if (relay.StalledSince is not null) return;
        relay.HasScanned = true;
        Send(relay, new SyncInput.Scanned(relay.Host.Name, _flow.NeedOf(relay)));
        if (relay.In is { } link) _flow.Pump(link);
        _flow.Deliver(relay);
    }

    private void Report(SimulatedRelay relay)
    {
        if (!relay.IsAlive) return;
        var report = new SyncInput.Progressed(relay.Host.Name, _flow.ProgressOf(relay)) { At = _queue.Now, Stalled = _queue.Now - relay.StalledSince ?? TimeSpan.Zero };
        if (_fleet.ReportsInPairs && relay.HeldReport is null) relay.HeldReport = report;
        else
        {
            if (relay.HeldReport is { } held) Send(relay, held);
            relay.HeldReport = null;
            Send(relay, report);
        }

        _queue.After(relay.IsDelivered && relay.StalledSince is null ? TimeSpan.FromSeconds(2) : _fleet.Report, () => Report(relay));
    }

    private void Send(SimulatedRelay relay, SyncInput input)
    {
        if (relay.IsAlive) _queue.After(_fleet.Control, () => _give(input));
    }

    private void Connect(SyncCommand.Link link, SimulatedRelay parent, SimulatedRelay child)
    {
        if (!child.IsAlive) return;
        bool isCutOff = link.Route == Route.Direct && _fleet.Reaches?.Invoke(child.Host, parent.Host) == false;
        if (parent.IsSilent || isCutOff) _queue.After(_fleet.ConnectTimeout, () => Refuse(link, child, LinkFault.Unreachable));
        else if (!parent.IsUp) _queue.After(_fleet.Linking, () => Refuse(link, child, LinkFault.Unreachable));
        else _queue.After(_fleet.Linking, () => Stand(link, parent, child));
    }

    private void Refuse(SyncCommand.Link link, SimulatedRelay child, LinkFault fault) =>
        Send(child, new SyncInput.LinkLost(link.Number, fault, "it could not be connected to"));

    private void Stand(SyncCommand.Link told, SimulatedRelay parent, SimulatedRelay child)
    {
        if (!child.IsAlive) return;
        if (!parent.IsAlive)
        {
            Refuse(told, child, LinkFault.Closed);
            return;
        }

        if (child.In is { } old) Cut(old);
        var link = new SimulatedLink(told.Number, parent, child);
        child.In = link;
        child.Burst = 0;
        parent.Out.Add(link);
        Send(child, new SyncInput.Linked(link.Number));
        if (parent.HasLedger) _queue.After(_fleet.Latency, () => Learn(child));
        else if (child.HasLedger) Offer(parent);
        if (child.Profile.FlapsEvery is { } every) _queue.After(every * (0.5 + _random.NextDouble()), () => Break(link, LinkFault.Closed));
        _flow.Pump(link);
    }

    private static void Cut(SimulatedLink link)
    {
        link.IsOver = true;
        link.Parent.Out.Remove(link);
        if (link.Child.In == link) link.Child.In = null;
    }

    private void Break(SimulatedLink link, LinkFault fault)
    {
        if (link.IsOver) return;
        Cut(link);
        if (!link.Child.IsDelivered) Send(link.Child, new SyncInput.LinkLost(link.Number, fault, "it broke"));
    }

    private void Stop(SimulatedRelay relay)
    {
        relay.IsUp = false;
        foreach (var link in relay.Out.ToList()) _queue.After(_fleet.Latency, () => Break(link, LinkFault.Closed));
        if (relay.In is { } above) Cut(above);
    }

    private void Die(SimulatedRelay relay)
    {
        if (!relay.IsUp) return;
        Stop(relay);
        _queue.After(_fleet.Control, () => _give(new SyncInput.Lost(relay.Host.Name, new Failure(FailureKind.ConnectionLost, "the relay was killed"))));
    }

    private void FallSilent(SimulatedRelay relay)
    {
        if (!relay.IsUp) return;
        relay.IsSilent = true;
        foreach (var link in relay.Out.ToList()) _queue.After(_fleet.LinkSilence, () => Break(link, LinkFault.Silent));
    }

    private void Stall(SimulatedRelay relay)
    {
        relay.StalledSince = _queue.Now;
        if (relay.Profile.StallLasts < TimeSpan.MaxValue) _queue.After(relay.Profile.StallLasts, () => Resume(relay));
    }

    private void Resume(SimulatedRelay relay)
    {
        relay.StalledSince = null;
        if (!relay.IsAlive) return;
        if (relay.HasLedger && !relay.HasScanned) Scan(relay);
        if (relay.In is { } link) _flow.Pump(link);
        foreach (var below in relay.Out.ToList()) _flow.Pump(below);
        _flow.Deliver(relay);
    }

    private void Fail(SimulatedRelay relay)
    {
        if (!relay.IsUp || relay.IsDelivered) return;
        relay.HasFailed = true;
        Send(relay, new SyncInput.Failed(relay.Host.Name, relay.Profile.OwnFailure, CanServe: true));
    }
}
