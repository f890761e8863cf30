using TreePush.Core.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>The tasks can't be reached, or can't be changed now.</summary>
/// <param name="mayPass">Whether to try again later: a password that is wrong stays wrong.</param>
public sealed class TaskStoreException(Failure failure, bool mayPass) : Exception(failure.Message)
{
    public Failure Failure { get; } = failure;

    public bool MayPass { get; } = mayPass;
}
