using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using TreePush.Core.Queueing;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>
/// Pulls the files of all open tasks, and offers what it has. One loop reads the tasks whenever the store wakes it, and every
/// <see cref="PollEvery"/> besides. Each task has work of its own, whose end comes back to the loop.
/// </summary>
public sealed class Agent
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(30);

    private readonly AgentOptions _options;
    private readonly TimeProvider _time;
    private readonly AgentReporter _reporter;
    private readonly StoreLink _link;
    private readonly AgentParts _parts;
    private readonly PlainAdoption _plain;
    private readonly Dictionary<string, TaskWork> _works = new(StringComparer.Ordinal);
    private readonly Channel<RoundEnd> _ends = Channel.CreateUnbounded<RoundEnd>(new UnboundedChannelOptions { SingleReader = true });
    private DateTimeOffset? _reported;

    public Agent(AgentOptions options, AgentContext context)
    {
        (_options, _time) = (options, context.Time);
        _reporter = new AgentReporter(context.Observe, context.Time);
        _link = new StoreLink(context.Store, _reporter, context.Time);
        var hashes = new FileHashes();
        var paths = new PathPolicy(options.Roots, options.Served);
        var pulls = new ClaimedPull(options, _link, _reporter, new PullRunner(options, context, hashes), context.Time);
        _parts = new AgentParts(_link, _reporter, paths, hashes, new SemaphoreSlim(options.Parallel), pulls);
        _plain = new PlainAdoption(options, _link, _reporter, paths, hashes);
    }

    /// <summary>Works until it is stopped, or until nothing is open for it where it is to work once. It can be called once.</summary>
    /// <param name="stop">Ends running transfers and gives their claims back.</param>
    /// <returns>Why it could not go on; null if it was stopped or has nothing more to do.</returns>
    public async Task<Failure?> RunAsync(CancellationToken stop)
    {
        _reporter.Tell(now => new AgentStarted(now, _options.Name, _options.Zone, ProgramVersion.Text));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Failure? failure = null;
        try
        {
            await LoopAsync(ending.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was stopped.
        }
        catch (TaskStoreException e)
        {
            failure = e.Failure;
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(_works.Values.Select(w => w.Running));
        }

        _reporter.Tell(now => new AgentStopped(now, failure));
        return failure;
    }

    private async Task LoopAsync(CancellationToken stop)
    {
        // From now on the store keeps what wakes this host: nothing that happens after the tasks were read is missed.
        await _link.CallAsync((s, ct) => s.WaitAsync(_options.Name, TimeSpan.Zero, ct), stop);
        var poll = DateTimeOffset.MinValue;
        for (bool mustLook = true; ; mustLook = await WaitAsync(poll, stop))
        {
            if (mustLook)
            {
                poll = _time.GetUtcNow() + PollEvery;
                await LookAsync(stop);
            }

            if (_options.Once && _works.Values.All(w => w is { IsSettled: true, IsRunning: false })) return;
        }
    }

    /// <summary>Reads the open tasks, and starts a round for each that has none.</summary>
    private async Task LookAsync(CancellationToken stop)
    {
        if (_reported is not { } last || _time.GetUtcNow() - last >= ReportEvery)
        {
            await _link.CallAsync((s, ct) => s.ReportAsync(_options.Name, _options.Zone, ct), stop);
            _reported = _time.GetUtcNow();
        }

        await _plain.AdoptAsync(stop);
        var open = await _link.CallAsync((s, ct) => s.OpenTasksAsync(ct), stop);
        Forget(open);
        var newest = open.GroupBy(t => t.Path, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(t => t.Created)!.Id, StringComparer.Ordinal);
        foreach (var task in open)
        {
            if (!_works.TryGetValue(task.Id, out var work)) work = Add(task);
            work.IsSuperseded = newest[task.Path] != task.Id;
            if (work.IsRunning) work.IsOutdated = true;
            else Start(work, stop);
        }
    }

    private TaskWork Add(TaskSpec task)
    {
        var work = new TaskWork(task, _options, _parts);
        _works.Add(task.Id, work);
        _reporter.Tell(now => new TaskSeen(now, task.Id, task.Path, task.Size, task.Sha256));
        return work;
    }

    /// <summary>Drops works whose tasks are no longer open. A transfer that still runs is ended by its lease.</summary>
    private void Forget(IReadOnlyList<TaskSpec> open)
    {
        var ids = open.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var work in _works.Values.Where(w => !ids.Contains(w.Task.Id) && !w.IsRunning).ToList())
        {
            _works.Remove(work.Task.Id);
            _reporter.Tell(now => new TaskOver(now, work.Task.Id, work.Task.Path));
        }
    }

    private void Start(TaskWork work, CancellationToken stop)
    {
        (work.IsRunning, work.IsOutdated) = (true, false);
        work.Running = RunAsync(work, stop);
    }

    private async Task RunAsync(TaskWork work, CancellationToken stop)
    {
        var end = new RoundEnd(work, HasPulled: false, Fault: null);
        try
        {
            end = end with { HasPulled = await Task.Run(() => work.RunAsync(stop), CancellationToken.None) };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The agent was stopped.
        }
        catch (Exception e)
        {
            end = end with { Fault = ExceptionDispatchInfo.Capture(e) };
        }

        _ends.Writer.TryWrite(end);
    }

    /// <summary>Waits until something may have changed.</summary>
    /// <param name="poll">When the tasks are read in any case.</param>
    /// <returns>Whether the tasks are to be read; if not, a round has ended.</returns>
    private async Task<bool> WaitAsync(DateTimeOffset poll, CancellationToken stop)
    {
        if (_ends.Reader.TryRead(out var end)) return Take(end);
        var until = _works.Values.Where(w => !w.IsRunning).Select(w => w.Due).Append(poll).Min()!.Value;
        var most = until - _time.GetUtcNow();
        if (most <= TimeSpan.Zero) return true;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // A timer may fire 1 ms early.
        var waking = _link.WaitAsync(_options.Name, most + TimeSpan.FromMilliseconds(1), over.Token);
        var ending = _ends.Reader.WaitToReadAsync(over.Token).AsTask();
        await Task.WhenAny(waking, ending);
        await over.CancelAsync();
        await ((Task)ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await waking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        if (waking.IsFaulted) await waking;
        bool mustLook = _ends.Reader.TryRead(out end) && Take(end);
        return mustLook || waking.IsCompletedSuccessfully;
    }

    private static bool Take(RoundEnd end)
    {
        end.Fault?.Throw();
        end.Work.IsRunning = false;
        return end.HasPulled || end.Work.IsOutdated;
    }

    /// <param name="HasPulled">A slot is free again, for which other works may have waited.</param>
    private readonly record struct RoundEnd(TaskWork Work, bool HasPulled, ExceptionDispatchInfo? Fault);
}
