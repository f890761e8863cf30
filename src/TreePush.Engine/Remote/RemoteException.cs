using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>A host could not be used.</summary>
public sealed class RemoteException(Failure failure) : Exception(failure.Message)
{
    public Failure Failure { get; } = failure;

    /// <summary>What the host and ssh printed to standard error.</summary>
    internal IReadOnlyList<string> Complaints { get; init; } = [];

    /// <summary>The server refuses a session or a forwarding on a connection that stands.</summary>
    internal bool IsRefusal { get; init; }

    /// <summary>It was tried again already, as often as it makes sense.</summary>
    internal bool WasRetried { get; init; }
}
