using TreePush.Core.Queueing;

namespace TreePush.Engine.Queueing;

/// <summary>
/// The tasks, as all agents share them. Each call is atomic. The rules are those of <c>ClaimTable</c>.
/// </summary>
/// <exception cref="TaskStoreException">Any call: the store can't be used now; its failure says why.</exception>
public interface ITaskStore : IAsyncDisposable
{
    /// <returns>The task; the one that is there, where the same content was submitted before.</returns>
    Task<TaskSpec> SubmitAsync(TaskDraft draft, CancellationToken ct);

    /// <summary>Tasks that hosts still pull for, oldest first; the plain one too, once it is adopted.</summary>
    Task<IReadOnlyList<TaskSpec>> OpenTasksAsync(CancellationToken ct);

    /// <returns>The value of the plain key <c>task</c>, if nobody has adopted it yet.</returns>
    Task<string?> PlainPathAsync(CancellationToken ct);

    /// <returns>The plain task; null if another agent was first, or the key has changed.</returns>
    Task<TaskSpec?> AdoptAsync(TaskDraft draft, CancellationToken ct);

    Task<ClaimAnswer> ClaimAsync(string task, string host, string? zone, CancellationToken ct);

    /// <returns>False if the claim is no longer the host's.</returns>
    Task<bool> RenewAsync(string task, string host, long token, CancellationToken ct);

    /// <returns>False if the claim is no longer the host's.</returns>
    Task<bool> FinishAsync(string task, string host, long token, CancellationToken ct);

    /// <returns>False if the claim is no longer the host's.</returns>
    Task<bool> FailAsync(string task, string host, long token, string reason, FaultOf fault, CancellationToken ct);

    /// <summary>Gives a claim back, without counting the attempt.</summary>
    /// <returns>False if the claim is no longer the host's.</returns>
    Task<bool> ReleaseAsync(string task, string host, long token, CancellationToken ct);

    /// <summary>The host has the file, and has checked it.</summary>
    Task OfferAsync(string task, string host, string? zone, CancellationToken ct);

    /// <summary>The host's file is no longer the task's.</summary>
    Task WithdrawAsync(string task, string host, CancellationToken ct);

    /// <returns>False if there is no such open task.</returns>
    Task<bool> CancelAsync(string task, CancellationToken ct);

    /// <returns>Null if there is no such task.</returns>
    Task<TaskView?> ViewAsync(string task, CancellationToken ct);

    /// <summary>All tasks, oldest first.</summary>
    Task<IReadOnlyList<TaskSummary>> ListAsync(CancellationToken ct);

    /// <summary>Reports that an agent is there.</summary>
    Task ReportAsync(string host, string? zone, CancellationToken ct);

    Task<IReadOnlyList<AgentRecord>> AgentsAsync(CancellationToken ct);

    /// <summary>Waits until a task was submitted, or a slot may be free for the host, or the time is over.</summary>
    Task WaitAsync(string host, TimeSpan most, CancellationToken ct);
}
