using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>A shell command and its environment variables.</summary>
/// <param name="Text">Run by the host's <c>sh</c>; its standard input is empty.</param>
/// <param name="Variables">Exported to the command byte for byte; no shell interprets the values.</param>
public sealed record RemoteCommand(string Text, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>
    /// The command must not run twice. It is sent only when the host's shell is ready. If it can't be run, a
    /// <see cref="RemoteException"/> says so, and it was certainly not started. An exit without a status means that it may have run.
    /// </summary>
    public bool IsOnce { get; init; }

    /// <summary>
    /// Set if TPUSH_USER is not among the variables: the host whose login name is looked up where the command runs.
    /// TPUSH_USER is then set to that name.
    /// </summary>
    public Host? UserOf { get; init; }
}
