using TreePush.Core.Queueing;
using TreePush.Core.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>
/// Pulls a file under a claim: renews the lease as long as it takes, and reports how it ended. A store that is away ends no transfer; its
/// result is reported when the store is back. A lease that is lost ends it at once, since the slot may be another host's by then.
/// </summary>
internal sealed class ClaimedPull(AgentOptions options, StoreLink link, AgentReporter reporter, PullRunner runner, TimeProvider time)
{
    /// <summary>How long an agent that is stopped tries to give a claim back. The lease ends by itself after that.</summary>
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(3);

    /// <returns>Whether the file is there, and the store counts it as finished.</returns>
    /// <exception cref="OperationCanceledException">The agent was stopped. The command has ended, and the claim was given back.</exception>
    /// <exception cref="TaskStoreException">The store can't be used, and that will not pass.</exception>
    public async Task<bool> RunAsync(TaskSpec task, Claim claim, CancellationToken stop)
    {
        var pull = new Pull(task, claim, time.GetTimestamp());
        reporter.Tell(now => new PullStarted(now, task.Id, task.Path, claim.Source, claim.Attempt));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var over = new CancellationTokenSource();
        var renewing = new LeaseRenewal(link, options.Lease, time).RunAsync(task.Id, options.Name, claim, ending.CancelAsync, over.Token);
        try
        {
            return await RunAsync(pull, ending.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await ReleaseAsync(pull);
            throw;
        }
        catch (OperationCanceledException)
        {
            Tell(pull, new Failure(FailureKind.Interrupted, "the lease ended: this agent was held up, the task was cancelled, or the store has lost it"), isCounted: false);
            return false;
        }
        finally
        {
            await over.CancelAsync();
            await renewing;
        }
    }

    private async Task<bool> RunAsync(Pull pull, CancellationToken ending)
    {
        var (task, claim) = (pull.Task, pull.Claim);
        if (await runner.RunAsync(task, claim, ending) is { } fault)
        {
            bool isCounted = await link.CallAsync((s, ct) => s.FailAsync(task.Id, options.Name, claim.Token, fault.Failure.Message, fault.Of, ct), ending);
            Tell(pull, fault.Failure, isCounted);
            return false;
        }

        // Refused: the lease has ended meanwhile. The file is there all the same, and the next step offers it.
        if (!await link.CallAsync((s, ct) => s.FinishAsync(task.Id, options.Name, claim.Token, ct), ending)) return false;
        reporter.Tell(now => new PullFinished(now, task.Id, task.Path, claim.Source, claim.Attempt, pull.Ms(time)));
        return true;
    }

    private async Task ReleaseAsync(Pull pull)
    {
        using var patience = new CancellationTokenSource(ReleasePatience, time);
        try
        {
            await link.TryAsync((s, ct) => s.ReleaseAsync(pull.Task.Id, options.Name, pull.Claim.Token, ct), patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or TaskStoreException)
        {
            // The store is away. The lease ends by itself.
        }

        Tell(pull, new Failure(FailureKind.Interrupted, "the agent was stopped"), isCounted: false);
    }

    private void Tell(Pull pull, Failure failure, bool isCounted) => reporter.Tell(now =>
        new PullFailed(now, pull.Task.Id, pull.Task.Path, pull.Claim.Source, pull.Claim.Attempt, pull.Ms(time), failure, isCounted));

    private sealed record Pull(TaskSpec Task, Claim Claim, long Began)
    {
        public long Ms(TimeProvider time) => (long)time.GetElapsedTime(Began).TotalMilliseconds;
    }
}
