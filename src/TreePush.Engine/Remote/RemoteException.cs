using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>A host could not be used.</summary>
public sealed class RemoteException(Failure failure) : Exception(failure.Message)
{
    public Failure Failure { get; } = failure;
}
