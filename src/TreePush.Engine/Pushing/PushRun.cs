using System.Threading.Channels;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Pushing;

/// <summary>
/// Carries a run out: one loop reads inputs, hands them to the <see cref="PushCoordinator"/> and starts what it commands;
/// every task posts its outcome back as an input. Only the loop touches the run's state, so there is nothing to lock.
/// </summary>
public sealed class PushRun : IDisposable
{
    private readonly PushCoordinator _coordinator;
    private readonly TransferRunner _transfers;
    private readonly IRemoteHostDriver _driver;
    private readonly IReadOnlyList<IRunObserver> _observers;
    private readonly TimeProvider _time;
    private readonly RunClock _clock;
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<HostName, IRemoteHost> _open = [];

    /// <summary>
    /// What ends each transfer. None is disposed of: it holds nothing but memory, and a cancellation that was begun may
    /// still be under way when its transfer has ended.
    /// </summary>
    private readonly Dictionary<int, CancellationTokenSource> _running = [];

    private readonly TaskGroup _tasks = new();
    private readonly CancellationTokenSource _ended = new();

    /// <param name="served">Targets that an earlier part of the same run has served.</param>
    public PushRun(RunFolder folder, IReadOnlySet<HostName> served, IRemoteHostDriver driver, IReadOnlyList<IRunObserver> observers, TimeProvider time)
    {
        (_driver, _observers, _time) = (driver, observers, time);
        _clock = new RunClock(time);
        _transfers = new TransferRunner(folder, time);
        _coordinator = new PushCoordinator(PlanOf(folder.Request, served));
    }

    public static PushPlan PlanOf(RunRequest request, IReadOnlySet<HostName> served)
    {
        var policy = new PushPolicy { Slots = request.Slots, Retries = request.Retries, MaxTransfers = request.MaxTransfers, Probe = true };
        return new PushPlan(request.Sources, request.Targets, policy) { Run = request.Run, Command = request.Command, Served = served };
    }

    /// <summary>Gives the run an input from outside: pause, reconnect, stop. After its end it leads to nothing.</summary>
    public void Post(PushInput input) => _arrivals.Writer.TryWrite(new Arrival(input));

    /// <summary>Runs to the end. Nothing is left running when it returns.</summary>
    public async Task<RunFinished> RunAsync()
    {
        RunFinished? finished = null;
        Post(new PushInput.Start());
        try
        {
            await foreach (var arrival in _arrivals.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                Register(arrival);
                var step = _coordinator.Handle(arrival.Input, _clock.Now);
                foreach (var happened in step.Events)
                {
                    finished ??= happened as RunFinished;
                    foreach (var observer in _observers) observer.Notice(happened);
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

    public void Dispose() => _ended.Dispose();

    /// <summary>Keeps the books of what is open and what runs.</summary>
    private void Register(Arrival arrival)
    {
        switch (arrival.Input)
        {
            case PushInput.SourceOpened opened: _open[opened.Source] = arrival.Opened!; break;
            case PushInput.SourceLost lost: Close(lost.Source); break;
            case PushInput.TransferEnded ended: _running.Remove(ended.Transfer); break;
        }
    }

    private void Obey(PushCommand command)
    {
        switch (command)
        {
            case PushCommand.Probe probe: Go(() => ProbeAsync(probe.Hosts)); break;
            case PushCommand.OpenSource open: Go(() => OpenAsync(open.Source)); break;
            case PushCommand.CloseSource close: Close(close.Source); break;
            case PushCommand.StartTransfer start: Start(start.Transfer); break;
            case PushCommand.KillTransfer kill: if (_running.TryGetValue(kill.Transfer, out var cts)) Go(cts.CancelAsync); break;
            case PushCommand.WakeAt wake: Go(() => WakeAsync(wake.Time)); break;
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
        Go(async () =>
        {
            var failure = await _transfers.RunAsync(source, transfer, cts.Token).ConfigureAwait(false);
            Post(new PushInput.TransferEnded(transfer.Id, failure));
        });
    }

    private void Close(HostName source)
    {
        if (_open.Remove(source, out var host)) Go(async () => await host.DisposeAsync().ConfigureAwait(false));
    }

    private Task ProbeAsync(IReadOnlyList<Host> hosts) =>
        new PortProbe(_time).RunAsync(hosts, known => Post(new PushInput.Probed(known)), _ended.Token);

    private async Task OpenAsync(Host source)
    {
        IRemoteHost host;
        try
        {
            host = await _driver.OpenAsync(source, _ended.Token).ConfigureAwait(false);
        }
        catch (RemoteException e)
        {
            Post(new PushInput.SourceLost(source.Name, e.Failure));
            return;
        }

        if (!_arrivals.Writer.TryWrite(new Arrival(new PushInput.SourceOpened(source.Name), host)))
        {
            await host.DisposeAsync().ConfigureAwait(false);
            return;
        }

        var lost = await host.Lost.WaitAsync(_ended.Token).ConfigureAwait(false);
        Post(new PushInput.SourceLost(source.Name, lost));
    }

    /// <summary>Wakes at that time or later, never before: timers count whole milliseconds and may be early by one, and who is woken too early waits for ever.</summary>
    private async Task WakeAsync(DateTimeOffset at)
    {
        TimeSpan delay;
        while ((delay = at - _clock.Now) > TimeSpan.Zero)
            await Task.Delay(delay + TimeSpan.FromMilliseconds(1), _time, _ended.Token).ConfigureAwait(false);
        Post(new PushInput.Woken());
    }

    /// <summary>Starts a task that the run waits for at its end; one that fails in a way that is not foreseen ends the run.</summary>
    private void Go(Func<Task> task) => _tasks.Run(task, fault => _arrivals.Writer.TryComplete(fault));

    private async Task EndAsync()
    {
        _arrivals.Writer.TryComplete();
        while (_arrivals.Reader.TryRead(out var late))
            if (late.Opened is { } host) Go(async () => await host.DisposeAsync().ConfigureAwait(false));
        await _ended.CancelAsync().ConfigureAwait(false);
        foreach (var cts in _running.Values) await cts.CancelAsync().ConfigureAwait(false);
        foreach (var source in _open.Keys.ToList()) Close(source);
        await _tasks.WaitAsync().ConfigureAwait(false);
        await _driver.DisposeAsync().ConfigureAwait(false);
    }

    /// <param name="Opened">The host that a <see cref="PushInput.SourceOpened"/> is about.</param>
    private readonly record struct Arrival(PushInput Input, IRemoteHost? Opened = null);
}
