using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>How a command ended.</summary>
/// <param name="Status">Its exit status; null where none was reported, because it was killed or the connection went away.</param>
/// <param name="Tail">The last lines it printed on either stream.</param>
public sealed record RemoteExit(int? Status, IReadOnlyList<string> Tail)
{
    /// <summary>Where no status was reported and it was not the caller who ended the command: what to tell of it.</summary>
    public Failure? Loss { get; init; }
}
