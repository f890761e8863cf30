using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Core.Broadcasting.Simulation;

/// <summary>All imagined relays: they obey commands, and live and die by their fortunes.</summary>
internal sealed class SimulatedRelays
{
    private static readonly TimeSpan ScanTime = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<HostName, SimulatedRelay> _relays = [];
    private readonly SimulatedFleet _fleet;
    private readonly Agenda _agenda;
    private readonly Action<BroadcastInput> _give;
    private readonly Random _random;
    private readonly Flow _flow;
    private readonly DateTimeOffset _start;

    /// <param name="give">Takes what relays tell the controller.</param>
    public SimulatedRelays(BroadcastPlan plan, SimulatedFleet fleet, Agenda agenda, Action<BroadcastInput> give)
    {
        (_fleet, _agenda, _give, _start) = (fleet, agenda, give, agenda.Now);
        _random = new Random(fleet.Seed);
        _flow = new Flow(fleet, plan, agenda, Tell, Break);
        foreach (var host in plan.Sources.Concat(plan.Targets).DistinctBy(h => h.Name))
            _relays.Add(host.Name, new SimulatedRelay(host, fleet.Fortunes?.Invoke(host) ?? Fortune.Fair, fleet));
        foreach (var source in plan.Sources)
            if (_relays[source.Name] is { Fortune.Has: 0 } relay) _flow.Endow(relay, 1);
    }

    public Dictionary<HostName, long> Received() => _relays.ToDictionary(r => r.Key, r => r.Value.Received);

    /// <summary>Sets the course of fate.</summary>
    public void Begin()
    {
        foreach (var relay in _relays.Values)
        {
            if (relay.Fortune.Dies is { } death) _agenda.At(_start + death, () => Die(relay));
            if (relay.Fortune.FallsSilent is { } silence) _agenda.At(_start + silence, () => FallSilent(relay));
            if (relay.Fortune.Fails is { } failure) _agenda.At(_start + failure, () => Fail(relay));
            if (relay.Fortune.Stalls is { } stall) _agenda.At(_start + stall, () => Stall(relay));
        }
    }

    public void Obey(BroadcastCommand command)
    {
        switch (command)
        {
            case BroadcastCommand.Probe probe: Probe(probe.Hosts); break;
            case BroadcastCommand.Open open: Open(_relays[open.Host.Name], open.Role); break;
            case BroadcastCommand.Close close: _agenda.After(_fleet.Control, () => Stop(_relays[close.Host])); break;
            case BroadcastCommand.Promote promote: _agenda.After(_fleet.Control, () => _flow.Hash(_relays[promote.Host], PumpAll)); break;
            case BroadcastCommand.Link link: _agenda.After(_fleet.Control, () => Connect(link, _relays[link.Parent], _relays[link.Child])); break;
        }
    }

    private void Probe(IReadOnlyList<Host> hosts)
    {
        ProbedHost[] answered = [.. hosts.Where(h => !_relays[h.Name].Fortune.DoesNotOpen).Select(h => new ProbedHost(h.Name, PortState.Answered))];
        ProbedHost[] silent = [.. hosts.Where(h => _relays[h.Name].Fortune.DoesNotOpen).Select(h => new ProbedHost(h.Name, PortState.Silent))];
        _agenda.After(TimeSpan.FromMilliseconds(50), () => _give(new BroadcastInput.Probed(answered)));
        _agenda.After(TimeSpan.FromSeconds(1), () => _give(new BroadcastInput.Probed(silent)));
    }

    private void Open(SimulatedRelay relay, RelayRole role)
    {
        var took = relay.Fortune.Opening ?? _fleet.Opening * (0.8 + (0.4 * _random.NextDouble()));
        _agenda.After(took, () =>
        {
            if (relay.Fortune.DoesNotOpen || relay.IsDead(_agenda.Now - _start))
            {
                _give(new BroadcastInput.Lost(relay.Host.Name, new Failure(FailureKind.SourceUnreachable, "no route to host")));
                return;
            }

            relay.IsUp = true;
            if (role == RelayRole.Target) _flow.Endow(relay, relay.Fortune.Has);
            _give(new BroadcastInput.Opened(relay.Host.Name));
            _agenda.After(_random.NextDouble() * _fleet.Report, () => Report(relay));
            if (role == RelayRole.Source) _agenda.After(ScanTime, () => Survey(relay));
        });
    }

    private void Survey(SimulatedRelay relay)
    {
        if (relay.StalledSince is not null) return;
        relay.HasScanned = true;
        _flow.Hash(relay, PumpAll);
        Tell(relay, new BroadcastInput.Surveyed(relay.Host.Name, 1, _fleet.Bytes));
        Learn(relay);
    }

    /// <summary>The ledger comes to a relay, and through it to all below.</summary>
    private void Learn(SimulatedRelay relay)
    {
        if (relay.HasLedger || !relay.IsAlive) return;
        relay.HasLedger = true;
        foreach (var link in relay.Out) _agenda.After(_fleet.Latency, () => Learn(link.Child));
        if (relay.In is { } above) Offer(above.Parent);
        if (!relay.HasScanned) _agenda.After(ScanTime, () => Scan(relay));
    }

    /// <summary>A child gives its parent what that one has not learned from above within a second.</summary>
    private void Offer(SimulatedRelay parent)
    {
        if (!parent.HasLedger) _agenda.After(TimeSpan.FromSeconds(1), () => Learn(parent));
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
        Tell(relay, new BroadcastInput.Scanned(relay.Host.Name, _flow.NeedOf(relay)));
        if (relay.In is { } link) _flow.Pump(link);
        _flow.Deliver(relay);
    }

    private void Report(SimulatedRelay relay)
    {
        if (!relay.IsAlive) return;
        var report = new BroadcastInput.Progressed(relay.Host.Name, _flow.ProgressOf(relay)) { At = _agenda.Now, Stalled = _agenda.Now - relay.StalledSince ?? TimeSpan.Zero };
        if (_fleet.ReportsInPairs && relay.HeldReport is null) relay.HeldReport = report;
        else
        {
            if (relay.HeldReport is { } held) Tell(relay, held);
            relay.HeldReport = null;
            Tell(relay, report);
        }

        _agenda.After(relay.IsDelivered && relay.StalledSince is null ? TimeSpan.FromSeconds(2) : _fleet.Report, () => Report(relay));
    }

    private void Tell(SimulatedRelay relay, BroadcastInput input)
    {
        if (relay.IsAlive) _agenda.After(_fleet.Control, () => _give(input));
    }

    private void Connect(BroadcastCommand.Link link, SimulatedRelay parent, SimulatedRelay child)
    {
        if (!child.IsAlive) return;
        bool isCutOff = link.Route == Route.Direct && _fleet.Reaches?.Invoke(child.Host, parent.Host) == false;
        if (parent.IsSilent || isCutOff) _agenda.After(_fleet.ConnectTimeout, () => Refuse(link, child, LinkFault.Unreachable));
        else if (!parent.IsUp) _agenda.After(_fleet.Linking, () => Refuse(link, child, LinkFault.Unreachable));
        else _agenda.After(_fleet.Linking, () => Stand(link, parent, child));
    }

    private void Refuse(BroadcastCommand.Link link, SimulatedRelay child, LinkFault fault) =>
        Tell(child, new BroadcastInput.LinkLost(link.Number, fault, "it could not be connected to"));

    private void Stand(BroadcastCommand.Link told, SimulatedRelay parent, SimulatedRelay child)
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
        Tell(child, new BroadcastInput.Linked(link.Number));
        if (parent.HasLedger) _agenda.After(_fleet.Latency, () => Learn(child));
        else if (child.HasLedger) Offer(parent);
        if (child.Fortune.FlapsEvery is { } every) _agenda.After(every * (0.5 + _random.NextDouble()), () => Break(link, LinkFault.Closed));
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
        if (!link.Child.IsDelivered) Tell(link.Child, new BroadcastInput.LinkLost(link.Number, fault, "it broke"));
    }

    private void Stop(SimulatedRelay relay)
    {
        relay.IsUp = false;
        foreach (var link in relay.Out.ToList()) _agenda.After(_fleet.Latency, () => Break(link, LinkFault.Closed));
        if (relay.In is { } above) Cut(above);
    }

    private void Die(SimulatedRelay relay)
    {
        if (!relay.IsUp) return;
        Stop(relay);
        _agenda.After(_fleet.Control, () => _give(new BroadcastInput.Lost(relay.Host.Name, new Failure(FailureKind.ConnectionLost, "the relay was killed"))));
    }

    private void FallSilent(SimulatedRelay relay)
    {
        if (!relay.IsUp) return;
        relay.IsSilent = true;
        foreach (var link in relay.Out.ToList()) _agenda.After(_fleet.LinkSilence, () => Break(link, LinkFault.Silent));
    }

    private void Stall(SimulatedRelay relay)
    {
        relay.StalledSince = _agenda.Now;
        if (relay.Fortune.StallLasts < TimeSpan.MaxValue) _agenda.After(relay.Fortune.StallLasts, () => Resume(relay));
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
        Tell(relay, new BroadcastInput.Failed(relay.Host.Name, relay.Fortune.OwnFailure, CanServe: true));
    }
}
