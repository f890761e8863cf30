using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>How a command ended.</summary>
/// <param name="Status">Its exit status; null if none was reported, because it was killed or the connection was lost.</param>
/// <param name="Tail">The last lines it printed on either stream.</param>
public sealed record RemoteExit(int? Status, IReadOnlyList<string> Tail)
{
    /// <summary>The failure to report if no status was reported although the caller did not end the command.</summary>
    public Failure? Loss { get; init; }
}
