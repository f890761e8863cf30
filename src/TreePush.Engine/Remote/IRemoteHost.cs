using System.Net;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>
/// A host that can be worked on: the port behind which all of ssh is. Every implementation passes the same conformance
/// tests. Disposing of it ends its programs and forwardings with the connection that carries them.
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

    /// <summary>Opens a shell that waits for a line to run, and whose standard streams are the caller's: the relay's control channel.</summary>
    /// <param name="error">Gets what the shell, what it becomes, and ssh print to standard error, line by line and as it came.</param>
    /// <exception cref="RemoteException">The host gives no shell; the failure says why.</exception>
    Task<IRemoteProgram> OpenProgramAsync(Action<string> error, CancellationToken ct);

    /// <summary>Opens a way from the host to an IP address and port, or a Unix socket, that can be connected to from this machine.</summary>
    /// <returns>A port of the host's 127.0.0.1.</returns>
    /// <exception cref="RemoteException">The host's ssh server does not forward.</exception>
    Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct);

    /// <summary>Opens a way from this machine to a port of the host's 127.0.0.1.</summary>
    /// <returns>What to connect to here: a Unix socket that only this user can open, or a port.</returns>
    /// <exception cref="RemoteException">The way could not be opened. A server that does not forward shows only when connections through it end at once.</exception>
    Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct);
}
