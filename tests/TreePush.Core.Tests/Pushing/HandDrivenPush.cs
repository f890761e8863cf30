using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

/// <summary>
/// A push whose hosts and clock are played by the test. Connections are made at once or after a time, save to hosts said
/// to be unreachable; transfers end when the test says so; wishes to be woken are met as time passes. Tests call sources z1, z2, …
/// and targets t1, t2, …: with all sources behind all targets in the order of names, the first of equals is the nearest.
/// </summary>
internal sealed class HandDrivenPush
{
    private readonly PushCoordinator _coordinator;
    private readonly Queue<(DateTimeOffset Due, HostName Source)> _opening = new();
    private readonly SortedDictionary<int, Transfer> _running = [];
    private readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private DateTimeOffset? _wake;

    public HandDrivenPush(PushPlan plan) => _coordinator = new PushCoordinator(plan);

    public HandDrivenPush(string sources, string targets, int m = 1, int r = 0)
        : this(new PushPlan(Fleet.Hosts(sources), Fleet.Hosts(targets), new PushPolicy { Slots = m, Retries = r }))
    {
    }

    /// <summary>Hosts that can't be connected to.</summary>
    public string[] Unreachable { get; init; } = [];

    /// <summary>How many seconds a connection takes.</summary>
    public double OpeningTime { get; init; }

    public List<RunEvent> Events { get; } = [];

    public List<PushCommand> Commands { get; } = [];

    /// <summary>What is under way, as <c>source>target</c>, in the order in which it was started.</summary>
    public IEnumerable<string> Running => _running.Values.Select(t => $"{t.Source}>{t.Target}");

    /// <summary>The targets of what is under way.</summary>
    public string[] Receiving => [.. _running.Values.Select(t => t.Target.Name.Value)];

    public bool IsFinished { get; private set; }

    /// <summary>Seconds since the start until the next wish to be woken; null where there is none.</summary>
    public double? WakesAt => (_wake - _start)?.TotalSeconds;

    public RunFinished End => Emitted<RunFinished>().Should().ContainSingle().Which;

    public IEnumerable<T> Emitted<T>() => Events.OfType<T>();

    public IEnumerable<T> Issued<T>() => Commands.OfType<T>();

    public HandDrivenPush Start()
    {
        Give(new PushInput.Start());
        return this;
    }

    public void Give(PushInput input)
    {
        var step = _coordinator.Handle(input, _now);
        IsFinished = step.Finished;
        Events.AddRange(step.Events);
        Commands.AddRange(step.Commands);
        foreach (var command in step.Commands) Execute(command);
        while (_opening.TryPeek(out var next) && next.Due <= _now) Give(Opened(_opening.Dequeue().Source));
    }

    /// <summary>Ten seconds later these targets are served.</summary>
    public void Succeed(params string[] targets) => SucceedAfter(10, targets);

    public void SucceedAfter(double seconds, params string[] targets)
    {
        Pass(seconds);
        foreach (string target in targets) Finish(target, null);
    }

    public void SucceedAll()
    {
        while (_running.Count > 0) Succeed(Receiving);
    }

    /// <summary>At once the transfers to these targets fail.</summary>
    public void Fail(FailureKind kind, params string[] targets)
    {
        Fail(new Failure(kind, "it failed"), targets);
    }

    public void Fail(Failure failure, params string[] targets)
    {
        foreach (string target in targets) Finish(target, failure);
    }

    public void Fail(params string[] targets) => Fail(FailureKind.CommandFailed, targets);

    /// <summary>Lets time pass, and wakes whoever wants to be woken meanwhile.</summary>
    public void Pass(double seconds)
    {
        var end = _now.AddSeconds(seconds);
        while (NextDue() is { } due && due <= end)
        {
            _now = due;
            if (_wake > due || _wake is null)
            {
                Give(Opened(_opening.Dequeue().Source));
                continue;
            }

            _wake = null;
            Give(new PushInput.Woken());
        }

        _now = end;
    }

    private DateTimeOffset? NextDue() => _opening.TryPeek(out var next) && !(_wake < next.Due) ? next.Due : _wake;

    private void Finish(string target, Failure? failure)
    {
        var transfer = _running.Values.Should().ContainSingle(t => t.Target.Name.Value == target).Which;
        _running.Remove(transfer.Id);
        Give(new PushInput.TransferEnded(transfer.Id, failure));
    }

    private void Execute(PushCommand command)
    {
        switch (command)
        {
            case PushCommand.OpenSource open: _opening.Enqueue((_now.AddSeconds(OpeningTime), open.Source.Name)); break;
            case PushCommand.StartTransfer start: _running.Add(start.Transfer.Id, start.Transfer); break;
            case PushCommand.WakeAt wake: _wake = _wake < wake.Time ? _wake : wake.Time; break;
        }
    }

    private PushInput Opened(HostName source) => Unreachable.Contains(source.Value)
        ? new PushInput.SourceLost(source, new Failure(FailureKind.HostUnreachable, "no route"))
        : new PushInput.SourceOpened(source);
}
