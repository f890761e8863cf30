using TreePush.Core.Queueing;

namespace TreePush.Engine.Queueing;

/// <summary>
/// An agent's work on one task, in rounds: offer the file that is there, or pull it. One round runs at a time.
/// </summary>
internal sealed class TaskWork(TaskSpec task, AgentOptions options, AgentParts parts)
{
    /// <summary>How often a source asks about itself. An idle agent with many tasks must not keep the store busy.</summary>
    private static readonly TimeSpan ConfirmEvery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _isOffered;
    private DateTimeOffset _confirmAt;
    private string? _refusal;
    private bool _isWaiting;
    private bool _isGivenUp;

    public TaskSpec Task { get; } = task;

    /// <summary>Whether there is nothing to do until something changes: the file is offered, refused or given up, or the task is over.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>When to try again, where the store said so.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>Whether a newer task has the same path. The file is pulled for that one only, or the two would overwrite each other's for ever.</summary>
    public bool IsSuperseded { get; set; }

    /// <summary>Whether a round runs, as far as the agent's loop has heard. Only the loop sets it, and the two below.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Whether the tasks were read again during the round: what woke the agent may have been meant for this task.</summary>
    public bool IsOutdated { get; set; }

    /// <summary>The round that runs, or the last one.</summary>
    public Task Running { get; set; } = System.Threading.Tasks.Task.CompletedTask;

    /// <returns>Whether a file was pulled or tried to be pulled, so that a slot of this agent is free again.</returns>
    /// <exception cref="TaskStoreException">The store can't be used, and that will not pass.</exception>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        Due = null;
        IsSettled = false;
        bool hasPulled = false;
        while (!IsSettled && await StepAsync(stop)) hasPulled = true;
        return hasPulled;
    }

    /// <returns>Whether a transfer was made, after which the next step decides anew.</returns>
    private async Task<bool> StepAsync(CancellationToken stop)
    {
        if (parts.Paths.Fault(Task.Path) is { } fault)
        {
            if (_isOffered) await WithdrawAsync(stop);
            return Refuse(fault, "the agent's --root and --serve say which paths it takes");
        }

        var own = await parts.Hashes.FindAsync(Task, stop);
        if (own is not null) return _isOffered ? await ConfirmAsync(stop) : await OfferAsync(stop);
        if (_isOffered) await WithdrawAsync(stop);
        if (IsSuperseded) return Settle();
        if (parts.Paths.IsServed(Task.Path)) return Refuse("originates on this host, and is not the file that was submitted", "submit it again");
        if (!await parts.Slots.WaitAsync(0, stop)) return false;
        try
        {
            return await ClaimAsync(stop);
        }
        finally
        {
            parts.Slots.Release();
        }
    }

    private async Task<bool> ClaimAsync(CancellationToken stop)
    {
        var answer = await parts.Link.CallAsync((s, ct) => s.ClaimAsync(Task.Id, options.Name, options.Zone, ct), stop);
        if (answer.Result != ClaimResult.Waiting) _isWaiting = false;
        if (answer.Result != ClaimResult.GivenUp) _isGivenUp = false;
        switch (answer.Result)
        {
            case ClaimResult.Granted:
                if (await parts.Pulls.RunAsync(Task, answer.Claim!, stop)) SettleAsSource();
                return true;
            case ClaimResult.Waiting:
                if (!_isWaiting) parts.Reporter.Tell(now => new TaskWaiting(now, Task.Id, Task.Path));
                _isWaiting = true;
                return false;
            case ClaimResult.Later:
                Due = NotBefore(answer);
                return false;
            case ClaimResult.Finished or ClaimResult.Suspected:
                // An earlier process of this agent had the file. It has changed since.
                await WithdrawAsync(stop);
                Due = parts.Reporter.Now + Pause;
                return false;
            case ClaimResult.GivenUp:
                if (!_isGivenUp) parts.Reporter.Tell(now => new PullGivenUp(now, Task.Id, Task.Path, answer.Reason ?? ""));
                _isGivenUp = true;
                return Settle();
            case ClaimResult.Cancelled or ClaimResult.Unknown:
                return Settle();
            default:
                // Held: a lease of an earlier process of this agent stands.
                Due = NotBefore(answer);
                return false;
        }
    }

    /// <summary>
    /// Asks, now and then, whether this agent is still a source. If a host has got another file from it, the file is hashed again; if the
    /// store has lost the offer, it is made again.
    /// </summary>
    private async Task<bool> ConfirmAsync(CancellationToken stop)
    {
        if (parts.Reporter.Now < _confirmAt) return Settle();
        var answer = await parts.Link.CallAsync((s, ct) => s.ClaimAsync(Task.Id, options.Name, options.Zone, ct), stop);
        if (answer.Result is ClaimResult.Finished or ClaimResult.Cancelled or ClaimResult.Unknown) return SettleAsSource();
        if (answer.Result != ClaimResult.Suspected) return await OfferAsync(stop);
        parts.Hashes.Forget(Task.Path);
        if (await parts.Hashes.FindAsync(Task, stop) is not null) return await OfferAsync(stop);
        await WithdrawAsync(stop);
        Due = parts.Reporter.Now + Pause;
        return false;
    }

    private async Task<bool> OfferAsync(CancellationToken stop)
    {
        await parts.Link.CallAsync((s, ct) => s.OfferAsync(Task.Id, options.Name, options.Zone, ct), stop);
        parts.Reporter.Tell(now => new FileOffered(now, Task.Id, Task.Path));
        return SettleAsSource();
    }

    private async Task WithdrawAsync(CancellationToken stop)
    {
        await parts.Link.CallAsync((s, ct) => s.WithdrawAsync(Task.Id, options.Name, ct), stop);
        parts.Reporter.Tell(now => new FileWithdrawn(now, Task.Id, Task.Path));
        _isOffered = false;
    }

    /// <summary>When to ask again. The time is by the store's clock: where this machine's is ahead of it, that may have passed already.</summary>
    private DateTimeOffset NotBefore(ClaimAnswer answer)
    {
        var soon = parts.Reporter.Now + Pause;
        return answer.NotBefore > soon ? answer.NotBefore.Value : soon;
    }

    private bool Refuse(string reason, string? hint)
    {
        if (_refusal != reason) parts.Reporter.Tell(now => new TaskRefused(now, Task.Id, Task.Path, reason, hint));
        _refusal = reason;
        return Settle();
    }

    private bool SettleAsSource()
    {
        _isOffered = true;
        _refusal = null;
        _confirmAt = parts.Reporter.Now + ConfirmEvery;
        return Settle();
    }

    private bool Settle()
    {
        IsSettled = true;
        return false;
    }
}
