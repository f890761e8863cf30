namespace TreePush.Engine.Remote;

/// <summary>
/// A shell at a host that waits for one line to run, and then the program that this line starts. The caller owns its
/// standard streams. Disposing of it closes its input, and ends it by force if it does not end then.
/// </summary>
public interface IRemoteProgram : IAsyncDisposable
{
    /// <summary>Its standard input.</summary>
    Stream Input { get; }

    /// <summary>Its standard output, without what login scripts printed first.</summary>
    Stream Output { get; }

    /// <summary>Completes when the program or the connection to it is gone. Never fails.</summary>
    Task<ProgramExit> Ended { get; }
}
