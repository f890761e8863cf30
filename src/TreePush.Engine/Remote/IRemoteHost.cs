using System.Net;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>
/// A host that commands can run on. Behind this interface the engine knows nothing of ssh. Every implementation passes
/// the same conformance tests. Disposing of a host ends its commands and programs. Forwardings end with the connection
/// that carries them, which others may share.
/// </summary>
public interface IRemoteHost : IAsyncDisposable
{
    /// <summary>
    /// Completes when the connection goes away without having been closed. Never completes for a host without a lasting
    /// connection.
    /// </summary>
    Task<Failure> Lost { get; }

    /// <summary>Runs a command and passes on its output line by line, in order of arrival.</summary>
    /// <param name="ct">Ends the command, and all that it started, at the host itself. The exit then has no status.</param>
    /// <exception cref="RemoteException">There is no session for the command. One that must run only once was not started.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it started.</exception>
    Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct);

    /// <summary>Brings a file to the host. The file appears under its name only when it is complete, verified, and flushed to the disk.</summary>
    /// <param name="content">Read from its present position, and only when the host waits for it.</param>
    /// <exception cref="RemoteException">The file could not be written; no part of it is left under its name.</exception>
    Task<CopiedFile> CopyInAsync(Stream content, FileCopy file, CancellationToken ct);

    /// <summary>
    /// Opens a shell that waits for one line to run. The caller owns its standard streams: this is the relay's control
    /// channel.
    /// </summary>
    /// <param name="error">Receives what the shell, the program it becomes, and ssh print to standard error, line by line.</param>
    /// <exception cref="RemoteException">The host gives no shell; the failure says why.</exception>
    Task<IRemoteProgram> OpenProgramAsync(Action<string> error, CancellationToken ct);

    /// <summary>
    /// Forwards a port of the host's 127.0.0.1 to an IP address and port, or a Unix socket, that this machine can connect
    /// to.
    /// </summary>
    /// <returns>The port of the host's 127.0.0.1.</returns>
    /// <exception cref="RemoteException">The host's ssh server refuses the forwarding.</exception>
    Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct);

    /// <summary>Forwards from this machine to a port of the host's 127.0.0.1.</summary>
    /// <returns>What to connect to here: a Unix socket that only this user can open, or a port.</returns>
    /// <exception cref="RemoteException">The forwarding could not be set up. A server that refuses it is noticed only when connections through it end at once.</exception>
    Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct);
}
