using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>A host could not be used.</summary>
public sealed class RemoteException(Failure failure) : Exception(failure.Message)
{
    public Failure Failure { get; } = failure;

    /// <summary>What the host and ssh printed to standard error.</summary>
    internal IReadOnlyList<string> Complaints { get; init; } = [];

    /// <summary>The server refuses a session or a forwarding on an open connection.</summary>
    internal bool IsRefusal { get; init; }

    /// <summary>The attempt was repeated already, as often as it may be.</summary>
    internal bool WasRetried { get; init; }
}
