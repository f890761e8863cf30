using TreePush.Core.Runs.Simulation;

namespace TreePush.Core.Syncing.Simulation;

/// <summary>Moves pieces from relay to relay: in order, each as a whole, over the shared link of the sender.</summary>
internal sealed class Flow
{
    private const int LeastStretch = 128 << 10;

    private readonly SimulatedFleet _fleet;
    private readonly SimulationQueue _queue;
    private readonly Action<SimulatedRelay, SyncInput> _tell;
    private readonly Action<SimulatedLink, LinkFault> _break;
    private readonly int _pieces;
    private readonly double _pieceSize;
    private readonly bool _isDry;

    /// <summary>The number of pieces whose hashes are known.</summary>
    private int _hashed;

    public Flow(SimulatedFleet fleet, SyncPlan plan, SimulationQueue queue, Action<SimulatedRelay, SyncInput> tell, Action<SimulatedLink, LinkFault> @break)
    {
        (_fleet, _queue, _tell, _break) = (fleet, queue, tell, @break);
        _pieces = (int)Math.Max(1, Math.Ceiling(fleet.Bytes / fleet.PieceFor(plan.Targets.Count)));
        _isDry = plan.Policy.DryRun;
        _pieceSize = (double)fleet.Bytes / _pieces;
    }

    /// <summary>Gives a relay a part of the content in advance.</summary>
    public void Endow(SimulatedRelay relay, double part) => relay.Had = relay.Taken = relay.Have = (int)(part * _pieces);

    public Need NeedOf(SimulatedRelay relay) => new(relay.Had == _pieces ? 0 : 1, Bytes(_pieces - relay.Had), 0, 0);

    public HostProgress ProgressOf(SimulatedRelay relay)
    {
        var children = relay.Out.Select(ProgressOf).ToList();
        return new HostProgress(Bytes(relay.Have - relay.Had), Bytes(_pieces - relay.Had), relay.Received, children) { Burst = _fleet.TellsBursts ? relay.Burst : 0 };
    }

    private ChildProgress ProgressOf(SimulatedLink link)
    {
        int lacks = link.Child.HasScanned ? _pieces - link.Child.Taken : 0;
        int waits = link.Child.HasScanned ? Math.Max(0, Math.Min(link.Parent.Have, _hashed) - link.Child.Taken) : 0;
        long sent = (link.Sent + _fleet.Leaps - 1) / _fleet.Leaps * _fleet.Leaps;
        return new ChildProgress(link.Number, link.Child.Host.Name, sent, Bytes(waits), Bytes(lacks));
    }

    /// <summary>Makes the writer hash piece after piece while it is alive.</summary>
    /// <param name="hashed">Called after each piece.</param>
    public void Hash(SimulatedRelay writer, Action hashed)
    {
        if (double.IsInfinity(_fleet.HashRate)) _hashed = _pieces;
        if (_hashed == _pieces || !writer.IsAlive) return;
        _queue.After(TimeSpan.FromSeconds(_pieceSize / _fleet.HashRate), () =>
        {
            if (!writer.IsAlive || _hashed == _pieces) return;
            _hashed++;
            hashed();
            Hash(writer, hashed);
        });
    }

    /// <summary>Sends the next piece over a link, if there is one and no piece is in transit.</summary>
    public void Pump(SimulatedLink link)
    {
        var (parent, child) = (link.Parent, link.Child);
        if (_isDry || link.IsOver || link.IsSending || !child.HasScanned || child.HasFailed || child.Taken >= Math.Min(parent.Have, _hashed) || !parent.IsAlive || !child.IsAlive) return;
        if (parent.StalledSince is not null || child.StalledSince is not null) return;
        double rate = parent.Share(link);
        if (parent.Host.Placement.Zone != child.Host.Placement.Zone) rate = Math.Min(rate, _fleet.CrossingRate);
        link.IsSending = true;
        if (link.IdleSince != _queue.Now) link.Stretch = (_queue.Now, 0);
        _queue.After(TimeSpan.FromSeconds(_pieceSize / rate), () => Arrive(link));
    }

    private void Arrive(SimulatedLink link)
    {
        (link.IsSending, link.IdleSince) = (false, _queue.Now);
        var (parent, child) = (link.Parent, link.Child);
        if (link.IsOver || !parent.IsAlive || !child.IsAlive) return;
        if (parent.Profile.Spoils || child.Profile.ReceivesSpoiled)
        {
            _break(link, LinkFault.Corrupt);
            return;
        }

        child.Taken++;
        child.Received += (long)_pieceSize;
        link.Sent += (long)_pieceSize;
        Measure(link);
        _queue.After(_fleet.Latency, () => PassOn(child));
        Pump(link);
    }

    /// <summary>Measures the rate of a link once enough has arrived without a pause.</summary>
    private void Measure(SimulatedLink link)
    {
        link.Stretch = (link.Stretch.Since, link.Stretch.Bytes + _pieceSize);
        if (link.Stretch.Bytes < LeastStretch) return;
        double rate = double.IsFinite(_fleet.BandwidthLimit) ? _fleet.Rate : link.Stretch.Bytes / (_queue.Now - link.Stretch.Since).TotalSeconds;
        rate *= _fleet.SavedUp?.Invoke(link.Child.Host) ?? 1;
        link.Child.Burst = link.Child.Burst > 0 ? 0.5 * (link.Child.Burst + rate) : rate;
        link.Stretch = (_queue.Now, 0);
    }

    private void PassOn(SimulatedRelay relay)
    {
        relay.Have++;
        foreach (var link in relay.Out) Pump(link);
        Deliver(relay);
    }

    /// <summary>Makes a relay that has everything report this.</summary>
    public void Deliver(SimulatedRelay relay)
    {
        if (_isDry || relay.StalledSince is not null || relay.IsDelivered || relay.Have < _pieces || !relay.HasScanned || !relay.IsAlive) return;
        relay.IsDelivered = true;
        _tell(relay, new SyncInput.Delivered(relay.Host.Name, new Receipt(1, _fleet.Bytes, relay.Received, 0, 1, 0, "")));
    }

    private long Bytes(int pieces) => (long)(pieces * _pieceSize);
}
