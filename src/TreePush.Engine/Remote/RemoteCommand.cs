using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>A shell command and the variables it is run with.</summary>
/// <param name="Text">Read by the host's <c>sh</c>; its standard input is empty.</param>
/// <param name="Variables">Exported to the command, byte for byte; nothing in a value is ever read by a shell.</param>
public sealed record RemoteCommand(string Text, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>Where TPUSH_USER is not among the variables: the host whose usual login name, at the place of the command, it becomes.</summary>
    public Host? UserOf { get; init; }
}
