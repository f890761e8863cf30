namespace TreePush.Engine.Remote;

/// <summary>Runs a command for a limited time.</summary>
internal static class TimedCommand
{
    /// <param name="limit">Null for none.</param>
    /// <param name="ct">Ends the command, as the limit does. The exit then has no status.</param>
    /// <returns>How it ended, and whether its time was over.</returns>
    /// <exception cref="RemoteException">There is no session for the command.</exception>
    public static async Task<(RemoteExit Exit, bool IsTimedOut)> RunAsync(
        IRemoteHost host, RemoteCommand command, TimeSpan? limit, Action<OutputLine> output, TimeProvider time, CancellationToken ct)
    {
        using var patience = limit is { } most ? new CancellationTokenSource(most, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var exit = await host.RunAsync(command, output, either.Token);
            return (exit, patience.IsCancellationRequested);
        }
        catch (OperationCanceledException)
        {
            return (new RemoteExit(null, []), patience.IsCancellationRequested);
        }
    }
}
