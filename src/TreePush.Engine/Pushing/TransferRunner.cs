using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Pushing;

/// <summary>Executes one transfer: runs the command on its source, logs its output, and reports how it ended.</summary>
/// <param name="timeout">The time limit for a transfer; null for none.</param>
/// <param name="store">The folder for the output; null to keep none.</param>
internal sealed class TransferRunner(string command, TimeSpan? timeout, RunFolder? store, TimeProvider time)
{
    /// <param name="ct">Cancelled to end the transfer.</param>
    /// <returns>Why it failed; null if it succeeded.</returns>
    public async Task<Failure?> RunAsync(IRemoteHost source, Transfer transfer, CancellationToken ct)
    {
        if (store is null) return await RunAsync(source, transfer, _ => { }, ct);
        OutputLog log;
        try
        {
            log = TransferLog.Open(store.LogFile($"{transfer.Target.Name}_from_{transfer.Source.Name}"), transfer, command);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(FailureKind.LogNotWritable, $"the log of the transfer can't be written: {DisplayText.Line(e.Message)}",
                "is there space left in the log folder? --logdir names another one");
        }

        using (log)
        {
            var failure = await RunAsync(source, transfer, log.Write, ct);
            log.End(failure);
            return failure;
        }
    }

    private async Task<Failure?> RunAsync(IRemoteHost source, Transfer transfer, Action<OutputLine> output, CancellationToken ct)
    {
        RemoteExit exit;
        bool isTimedOut;
        try
        {
            (exit, isTimedOut) = await TimedCommand.RunAsync(source, Command(transfer), timeout, output, time, ct);
        }
        catch (RemoteException e)
        {
            return e.Failure;
        }

        if (exit.Status is 0) return null;
        if (ct.IsCancellationRequested) return new Failure(FailureKind.Interrupted, "interrupted");
        if (isTimedOut) return CommandReport.OfTimeout(timeout!.Value, exit.Tail);
        if (exit.Status is { } status) return CommandDiagnosis.Of(transfer, status, exit.Tail);
        return exit.Loss ?? new Failure(FailureKind.CommandKilled, "the command was ended");
    }

    private RemoteCommand Command(Transfer transfer)
    {
        var target = transfer.Target;
        return new RemoteCommand(command, TransferVariables.Of(transfer.Source, target)) { UserOf = target.User is null ? target : null };
    }
}
