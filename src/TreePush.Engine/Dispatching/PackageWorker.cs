using System.Threading.Channels;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Dispatching;

/// <summary>
/// Brings one package to its end: delivers it to its hosts and has it installed there. It decides by what the journal says, and
/// writes each step to the journal before it takes it. So a worker that starts after a crash goes on where the last one was.
/// </summary>
internal sealed class PackageWorker
{
    private readonly DispatchContext _context;
    private readonly string _id;
    private readonly WorkSlots _slots;
    private readonly DispatchStop _stop;
    private readonly Channel<Func<Task>> _arrivals = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<HostName> _busy = [];
    private int _actions;

    private PackageWorker(DispatchContext context, string id, WorkSlots slots, DispatchStop stop) => (_context, _id, _slots, _stop) = (context, id, slots, stop);

    /// <summary>Works until nothing more happens by itself, or until the dispatcher is stopped. The caller has claimed the package.</summary>
    public static async Task RunAsync(DispatchContext context, string id, WorkSlots slots, DispatchStop stop)
    {
        var worker = new PackageWorker(context, id, slots, stop);
        await worker.FindLostInstallsAsync();
        using var stopping = stop.Soon.Register(() => worker.Post(() => Task.CompletedTask));
        await worker.RunAsync();
        if (context.Journal.Read(b => b.Find(id)) is null or { IsDone: true }) context.Folder.Remove(id);
    }

    private DateTimeOffset Now => _context.Time.GetUtcNow();

    private async Task RunAsync()
    {
        while (true)
        {
            var package = _context.Journal.Read(b => b.Find(_id));
            if (package is not null && !_stop.Soon.IsCancellationRequested) await StartDueAsync(package);
            if (_actions == 0 && (package is null || package.IsFinal || _stop.Soon.IsCancellationRequested)) return;
            await WaitAsync(package);
        }
    }

    /// <summary>An install that runs, though no worker has the package, is one whose worker is gone.</summary>
    private async Task FindLostInstallsAsync()
    {
        if (_context.Journal.Read(b => b.Find(_id)) is not { } package) return;
        foreach (var delivery in package.Deliveries.Values.Where(d => d.State == PackageState.Installing))
        {
            var failure = new Failure(FailureKind.Interrupted, $"treepush ended while {package.Name} was installed on {delivery.Host}; it may be installed",
                $"look at the host, then: treepush dispatch retry {package.Name} --install, or --installed");
            await _context.RecordAsync(new InstallUnknown(Now, _id, delivery.Host, failure));
        }
    }

    private async Task StartDueAsync(Package package)
    {
        var now = Now;
        var due = package.Deliveries.Values.Where(d => !_busy.Contains(d.Host) && d.NotBefore <= now).ToList();
        var rule = _context.Rules.Find(package.Arrival.Rule);
        var toDeliver = new List<HostAccess>();
        foreach (var delivery in due.Where(d => !package.IsFinalAt(d)))
        {
            if (rule?.Hosts.FirstOrDefault(h => h.Host.Name == delivery.Host) is not { } access) await OrphanAsync(package, delivery);
            else if (delivery.State != PackageState.Delivered) toDeliver.Add(access);
            else if (rule.InstallCommand is { } command) StartInstall(package, delivery, access, command, rule.InstallLimit);
            else await OrphanAsync(package, delivery);
        }

        if (toDeliver.Count > 0) StartDelivery(package, toDeliver);
    }

    private Task OrphanAsync(Package package, Delivery delivery)
    {
        var failure = new Failure(FailureKind.ControllerFault, $"the configuration no longer has the rule '{DisplayText.Line(package.Arrival.Rule)}', its host {delivery.Host} or its install command", "add it again, or: treepush dispatch forget");
        return _context.RecordAsync(new PackageFailed(Now, _id, delivery.Host, failure));
    }

    private void StartDelivery(Package package, List<HostAccess> hosts)
    {
        foreach (var host in hosts) _busy.Add(host.Host.Name);
        var staged = new StagedPackage(_id, package.Name, _context.Folder.FileOf(_id), package.Arrival.Size, package.Arrival.Sha256);
        Start(_slots.Deliveries, async () =>
        {
            foreach (var host in hosts) await _context.RecordAsync(new DeliveryStarted(Now, _id, host.Host.Name, package.Deliveries[host.Host.Name].Attempts + 1));
            await _context.Carrier.DeliverAsync(staged, package.Arrival.Folder, hosts, (host, outcome) => Post(() => EndDeliveryAsync(host, outcome)), _stop.Now);
        });
    }

    private async Task EndDeliveryAsync(HostName host, DeliveryOutcome outcome)
    {
        if (!_busy.Remove(host)) return;
        if (outcome.Failure is { } failure) await FailAsync(host, failure, d => d.Attempts, (until, why) => new DeliveryPostponed(Now, _id, host, until, why));
        else await _context.RecordAsync(new PackageDelivered(Now, _id, host, outcome.Folder, outcome.Path, outcome.Proof));
    }

    private void StartInstall(Package package, Delivery delivery, HostAccess host, string command, TimeSpan limit)
    {
        var staged = new StagedPackage(_id, package.Name, _context.Folder.FileOf(_id), package.Arrival.Size, package.Arrival.Sha256);
        _busy.Add(delivery.Host);
        Start(_slots.Installs, async () =>
        {
            // Nothing is started that the journal does not know of, and nothing that it has seen started before.
            if (!await _context.RecordAsync(new InstallStarted(Now, _id, delivery.Host))) return;
            var outcome = await _context.Carrier.InstallAsync(staged, delivery.Delivered!, host, command, limit, _stop.Now);
            Post(() => EndInstallAsync(delivery.Host, outcome));
        }, () => _busy.Remove(delivery.Host));
    }

    private Task EndInstallAsync(HostName host, InstallOutcome outcome) => (outcome.End, outcome.Failure) switch
    {
        (InstallEnd.Done, _) => _context.RecordAsync(new PackageInstalled(Now, _id, host)),
        // A dispatcher that is stopped has used up no attempt. The next one may start the install at once.
        (InstallEnd.NotStarted, { } failure) when _stop.Now.IsCancellationRequested => _context.RecordAsync(new InstallPostponed(Now, _id, host, Now, failure)),
        (InstallEnd.NotStarted, { } failure) => FailAsync(host, failure, d => d.InstallAttempts, (until, why) => new InstallPostponed(Now, _id, host, until, why)),
        (InstallEnd.Lost, { } failure) => _context.RecordAsync(new InstallUnknown(Now, _id, host, failure)),
        (_, { } failure) => _context.RecordAsync(new PackageFailed(Now, _id, host, failure)),
        _ => throw new InvalidOperationException("An install that failed has no failure."),
    };

    /// <summary>Postpones what failed, or gives it up where no attempt is left.</summary>
    private Task FailAsync(HostName host, Failure failure, Func<Delivery, int> attempts, Func<DateTimeOffset, Failure, DispatchEvent> postponed)
    {
        var delivery = _context.Journal.Read(b => b.Find(_id))?.Deliveries[host];
        // A dispatcher that is stopped has used up no attempt.
        if (delivery is null || _stop.Now.IsCancellationRequested) return Task.CompletedTask;
        return _context.RecordAsync(_context.Retry.After(attempts(delivery), failure.Kind) is { } wait ? postponed(Now + wait, failure) : new PackageFailed(Now, _id, host, failure));
    }

    /// <summary>Starts an action when there is a slot for it.</summary>
    /// <param name="end">Called on the worker's own loop, after all that the action has posted.</param>
    private void Start(SemaphoreSlim slots, Func<Task> action, Action? end = null)
    {
        _actions++;
        _ = Task.Run(async () =>
        {
            Func<Task> last = () => Task.CompletedTask;
            try
            {
                await slots.WaitAsync(_stop.Soon);
                try
                {
                    await action();
                }
                finally
                {
                    slots.Release();
                }
            }
            catch (OperationCanceledException)
            {
                // The dispatcher was stopped.
            }
            catch (Exception e)
            {
                last = () => throw e;
            }
            finally
            {
                Post(() =>
                {
                    _actions--;
                    end?.Invoke();
                    return last();
                });
            }
        });
    }

    private void Post(Func<Task> arrival) => _arrivals.Writer.TryWrite(arrival);

    /// <summary>Waits until an action has something to say, or until it is time for the next attempt.</summary>
    private async Task WaitAsync(Package? package)
    {
        if (_arrivals.Reader.TryRead(out var arrival))
        {
            await arrival();
            return;
        }

        bool stopping = _stop.Soon.IsCancellationRequested;
        var next = package?.Deliveries.Values.Where(d => !stopping && !_busy.Contains(d.Host) && !package.IsFinalAt(d)).Select(d => (DateTimeOffset?)d.NotBefore).Min();
        using var limit = next is null ? new CancellationTokenSource() : new CancellationTokenSource(Limited(next.Value - Now), _context.Time);
        try
        {
            await (await _arrivals.Reader.ReadAsync(limit.Token))();
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // It is time for the next attempt.
        }
    }

    private static TimeSpan Limited(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait + TimeSpan.FromMilliseconds(1);
}
