using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>
/// A host that commands can be run on: the port behind which all of ssh is. Three verbs, so that a further way to reach
/// hosts is one file. Every implementation passes the same conformance tests.
/// </summary>
public interface IRemoteHost : IAsyncDisposable
{
    /// <summary>Completes when the connection goes away without having been closed; never where there is none to lose.</summary>
    Task<Failure> Lost { get; }

    /// <summary>Runs a command and hands over its output line by line, in order of arrival.</summary>
    /// <param name="ct">Ends the command, and all that it started, at the host itself.</param>
    Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct);

    /// <summary>Writes a file, which appears under its name only when it is complete.</summary>
    /// <exception cref="RemoteException">It could not be written; nothing is left under its name.</exception>
    Task CopyInAsync(Stream content, long length, string path, UnixFileMode mode, CancellationToken ct);
}
