namespace TreePush.Core.Pushing;

/// <summary>
/// The state of a push, and the changes that keep its parts consistent. <see cref="TransferScheduler"/> and
/// <see cref="FaultAttribution"/> make the decisions.
/// </summary>
internal sealed class PushState : RunState<PushCommand, object>
{
    private int _awaitedTargets, _restingSources;
    private int _lastTransfer;

    public PushState(PushPolicy policy)
        : base(at => new PushCommand.WakeAt(at))
    {
        Policy = policy;
        Pool = new SourcePool(policy.Slots ?? 1);
    }

    public PushPolicy Policy { get; }

    public SourcePool Pool { get; }

    public ZoneBook Zones { get; } = new();

    /// <summary>The targets that wait for their probe, or for the hosts that are taken before them.</summary>
    public ProbedLine<Target> Probed { get; } = new();

    public TransferTimes Times { get; } = new();

    /// <summary>The targets whose retry is due.</summary>
    public Queue<Target> Retries { get; } = new();

    public Dictionary<int, RunningTransfer> Running { get; } = [];

    /// <summary>Whether only the given sources serve, because served hosts turned out to be unable to log in to others.</summary>
    public bool OnlyFirstServe { get; set; }

    /// <summary>Whether a target waits until its retry is due.</summary>
    public bool AwaitsTargets => _awaitedTargets > 0;

    /// <summary>Whether a target waits until its retry is due, or a source is resting. The run is not over then.</summary>
    public bool AwaitsSomeone => _awaitedTargets + _restingSources > 0;

    /// <summary>When the run began.</summary>
    public DateTimeOffset Started { get; set; }

    public Source AddSource(Host host, bool isFirst)
    {
        var source = Pool.Add(host, isFirst);
        Zones.Change(ZoneOf(source), z => z.LiveSources++);
        return source;
    }

    /// <summary>Moves a source to another state and updates its zone.</summary>
    public void Move(Source source, SourceState state)
    {
        bool wasLive = Pool.IsLive(source.Name);
        Pool.MoveTo(source, state);
        int change = (Pool.IsLive(source.Name) ? 1 : 0) - (wasLive ? 1 : 0);
        Zones.Change(ZoneOf(source), z => z.LiveSources += change);
    }

    /// <summary>Moves the targets that may be tried now from the probe to their zones.</summary>
    /// <returns>Whether there were any such targets.</returns>
    public bool Admit()
    {
        var admitted = Probed.Take(isFree: Zones.Waiting == 0);
        foreach (var target in admitted) Zones.Change(target.Zone, z => z.Enqueue(target));
        return admitted.Count > 0;
    }

    public void Open(Source source, Zone? meantFor, int claims, DateTimeOffset now)
    {
        Move(source, SourceState.Opening);
        source.OpeningSince = now;
        source.OpeningFor = meantFor;
        source.Claims = claims;
        if (meantFor is not null) Zones.Change(meantFor, z => z.Claimed += claims);
        Emit(new SourceOpening(now, source.Name));
        Issue(new PushCommand.OpenSource(source.Host));
    }

    /// <summary>Ends the opening of a source, whether it succeeded or failed, and releases the targets that the source was meant for.</summary>
    public void EndOpening(Source source)
    {
        if (source.OpeningFor is { } zone) Zones.Change(zone, z => z.Claimed -= source.Claims);
        source.OpeningFor = null;
        source.Claims = 0;
    }

    public void Begin(Source source, Target target, DateTimeOffset now)
    {
        target.Attempts++;
        target.State = TargetState.Running;
        target.LastSource = source.Name;
        var transfer = new Transfer(++_lastTransfer, source.Host, target.Host, target.Attempts);
        Running.Add(transfer.Id, new RunningTransfer(transfer, source, target, now));
        Pool.Take(source);
        Zones.Change(target.Zone, z => z.Inbound++);
        Emit(new TransferStarted(now, transfer.Id, source.Name, target.Name, target.Attempts));
        Issue(new PushCommand.StartTransfer(transfer));
    }

    public void End(RunningTransfer running, TransferEnd end)
    {
        Running.Remove(running.Transfer.Id);
        Pool.Release(running.Source, end, running.Target);
        Zones.Change(running.Target.Zone, z => (z.Inbound, z.HeldUntil) = (z.Inbound - 1, null));
        Zones.Touch(ZoneOf(running.Source));
        CloseIfDone(running.Source);
    }

    /// <summary>Closes the connection of a source that will not be used again.</summary>
    public void CloseIfDone(Source source)
    {
        if (!source.IsConnected || source.Busy > 0 || source.State is SourceState.Open) return;
        source.IsConnected = false;
        Issue(new PushCommand.CloseSource(source.Name));
    }

    /// <param name="who">A target whose retry is due at that time, a resting source, the tuner, or a zone to be looked at again.</param>
    public void Wait(object who, DateTimeOffset until)
    {
        AddAlarm(who, until);
        Count(who, 1);
    }

    /// <summary>Removes and returns everything whose time has come.</summary>
    public IEnumerable<object> TakeDue(DateTimeOffset now)
    {
        foreach (object who in TakeDueAlarms(now))
        {
            Count(who, -1);
            yield return who;
        }
    }

    private void Count(object who, int change)
    {
        if (who is Target) _awaitedTargets += change;
        else if (who is Source) _restingSources += change;
    }

    private Zone ZoneOf(Source source) => Zones.Of(source.Host.Placement.Zone);
}
