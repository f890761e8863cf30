namespace TreePush.Engine.Remote;

/// <summary>
/// A shell at a host that waits for a line to run, and then whatever that line makes of it. Its standard streams are the
/// caller's. Disposing of it ends it: by the end of its input, or else by cutting it off.
/// </summary>
public interface IRemoteProgram : IAsyncDisposable
{
    /// <summary>Its standard input.</summary>
    Stream Input { get; }

    /// <summary>Its standard output, from behind what login scripts printed.</summary>
    Stream Output { get; }

    /// <summary>Completes, without ever failing, when the program or the connection to it is gone.</summary>
    Task<ProgramExit> Ended { get; }
}
