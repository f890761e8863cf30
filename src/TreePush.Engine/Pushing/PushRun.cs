using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Pushing;

/// <summary>Executes a push: opens sources, and runs the command on them.</summary>
internal sealed class PushRun : IRunJob<PushRun.Arrival, PushCommand>
{
    private readonly RunLoop<Arrival, PushCommand> _loop;
    private readonly PushCoordinator _coordinator;
    private readonly TransferRunner _transfers;
    private readonly RunContext _context;
    private readonly Dictionary<HostName, IRemoteHost> _open = [];

    /// <summary>
    /// Cancels each transfer. The sources are not disposed of: they hold only memory, and a cancellation may still be
    /// under way when its transfer has ended.
    /// </summary>
    private readonly Dictionary<int, CancellationTokenSource> _running = [];

    private PushRun(RunLoop<Arrival, PushCommand> loop, RunRequest request, PushWork push, IReadOnlySet<HostName> served, RunContext context)
    {
        (_loop, _context) = (loop, context);
        _transfers = new TransferRunner(request.Command, push.Timeout, context.Store, context.Time);
        _coordinator = new PushCoordinator(PlanOf(request, push, served));
    }

    /// <summary>Runs the push to its end.</summary>
    /// <param name="served">Targets that an earlier part of the same run has served.</param>
    public static async Task<RunFinished> RunAsync(RunRequest request, PushWork push, IReadOnlySet<HostName> served, RunContext context)
    {
        using var loop = new RunLoop<Arrival, PushCommand>(context.Observers, context.Time);
        var run = new PushRun(loop, request, push, served, context);
        run.Post(new PushInput.Start());
        context.Controls.Bind(control => run.Post(InputOf(control)));
        return await loop.RunAsync(run);
    }

    public static PushPlan PlanOf(RunRequest request, PushWork push, IReadOnlySet<HostName> served)
    {
        var policy = new PushPolicy { Slots = push.Slots, Retries = push.Retries, MaxTransfers = push.MaxTransfers, Probe = true };
        return new PushPlan(request.Sources, request.Targets, policy) { Run = request.Run, Version = ProgramVersion.Text, Command = request.Command, Served = served };
    }

    public RunStep<PushCommand> Handle(Arrival arrival, DateTimeOffset now)
    {
        Register(arrival);
        return _coordinator.Handle(arrival.Input, now);
    }

    public void Execute(PushCommand command)
    {
        switch (command)
        {
            case PushCommand.Probe probe: _loop.Start(() => ProbeAsync(probe.Hosts)); break;
            case PushCommand.OpenSource open: _loop.Start(() => OpenAsync(open.Source)); break;
            case PushCommand.CloseSource close: Close(close.Source); break;
            case PushCommand.StartTransfer start: Start(start.Transfer); break;
            case PushCommand.KillTransfer kill: if (_running.TryGetValue(kill.Transfer, out var cts)) _loop.Start(cts.CancelAsync); break;
            case PushCommand.WakeAt wake: _loop.PostAt(wake.Time, new Arrival(new PushInput.Woken())); break;
        }
    }

    public void Close()
    {
        foreach (var cts in _running.Values) _loop.Start(cts.CancelAsync);
        foreach (var source in _open.Keys.ToList()) Close(source);
    }

    public void Discard(Arrival late)
    {
        if (late.Opened is { } host) _loop.Start(async () => await host.DisposeAsync());
    }

    private static PushInput InputOf(RunControl control) => control switch
    {
        RunControl.Stop stop => new PushInput.Stop(stop.Kill),
        RunControl.Pause => new PushInput.Pause(),
        RunControl.Resume => new PushInput.Continue(),
        RunControl.Reconnect reconnect => new PushInput.Reconnect(reconnect.OnlySlow),
        _ => throw new NotSupportedException($"{control} is no control of a push."),
    };

    /// <summary>Keeps track of the open sources and the running transfers.</summary>
    private void Register(Arrival arrival)
    {
        switch (arrival.Input)
        {
            case PushInput.SourceOpened opened: _open[opened.Source] = arrival.Opened!; break;
            case PushInput.SourceLost lost: Close(lost.Source); break;
            case PushInput.TransferEnded ended: _running.Remove(ended.Transfer); break;
        }
    }

    private void Start(Transfer transfer)
    {
        if (!_open.TryGetValue(transfer.Source.Name, out var source))
        {
            var failure = new Failure(FailureKind.ConnectionLost, $"the connection to {transfer.Source} was lost");
            Post(new PushInput.TransferEnded(transfer.Id, failure));
            return;
        }

        var cts = new CancellationTokenSource();
        _running.Add(transfer.Id, cts);
        _loop.Start(async () =>
        {
            var failure = await _transfers.RunAsync(source, transfer, cts.Token);
            Post(new PushInput.TransferEnded(transfer.Id, failure));
        });
    }

    private void Close(HostName source)
    {
        if (_open.Remove(source, out var host)) _loop.Start(async () => await host.DisposeAsync());
    }

    private Task ProbeAsync(IReadOnlyList<Host> hosts) => new PortProbe(_context.Time).RunAsync(hosts, known => Post(new PushInput.Probed(known)), _loop.Ended);

    private async Task OpenAsync(Host source)
    {
        IRemoteHost host;
        try
        {
            host = await _context.Driver.OpenAsync(source, _loop.Ended);
        }
        catch (RemoteException e)
        {
            Post(new PushInput.SourceLost(source.Name, e.Failure));
            return;
        }

        if (!_loop.Post(new Arrival(new PushInput.SourceOpened(source.Name), host)))
        {
            await host.DisposeAsync();
            return;
        }

        var lost = await host.Lost.WaitAsync(_loop.Ended);
        Post(new PushInput.SourceLost(source.Name, lost));
    }

    private void Post(PushInput input) => _loop.Post(new Arrival(input));

    /// <param name="Opened">The host that the <see cref="PushInput.SourceOpened"/> belongs to.</param>
    internal readonly record struct Arrival(PushInput Input, IRemoteHost? Opened = null);
}
