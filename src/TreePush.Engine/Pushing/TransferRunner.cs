using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Pushing;

/// <summary>Carries out one transfer: runs the command on its source, keeps what it prints, and says how it ended.</summary>
internal sealed class TransferRunner(RunFolder folder, TimeProvider time)
{
    private readonly RunRequest _request = folder.Request;

    /// <param name="ct">Cancelled where the user wants the transfer ended.</param>
    /// <returns>Why it failed, or null where it succeeded.</returns>
    public async Task<Failure?> RunAsync(IRemoteHost source, Transfer transfer, CancellationToken ct)
    {
        TransferLog log;
        try
        {
            log = new TransferLog(folder.TransferLog(transfer), transfer, _request.Command);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(FailureKind.LogNotWritable, $"the log of the transfer can't be written: {DisplayText.Line(e.Message)}",
                "is there space left in the log folder? --logdir names another one");
        }

        using (log) return await RunAndLogAsync(source, transfer, log, ct).ConfigureAwait(false);
    }

    private async Task<Failure?> RunAndLogAsync(IRemoteHost source, Transfer transfer, TransferLog log, CancellationToken ct)
    {
        var failure = await RunAsync(source, transfer, log, ct).ConfigureAwait(false);
        log.End(failure);
        return failure;
    }

    private async Task<Failure?> RunAsync(IRemoteHost source, Transfer transfer, TransferLog log, CancellationToken ct)
    {
        using var limit = _request.Timeout is { } timeout ? new CancellationTokenSource(timeout, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        RemoteExit exit;
        try
        {
            exit = await source.RunAsync(Command(transfer), log.Write, either.Token).ConfigureAwait(false);
        }
        catch (RemoteException e)
        {
            return e.Failure;
        }
        catch (OperationCanceledException)
        {
            exit = new RemoteExit(null, []);
        }

        if (exit.Status is 0) return null;
        if (ct.IsCancellationRequested) return new Failure(FailureKind.Interrupted, "interrupted");
        if (limit.IsCancellationRequested) return CommandDiagnosis.OfTimeout(_request.Timeout!.Value, exit.Tail);
        if (exit.Status is { } status) return CommandDiagnosis.Of(transfer, status, exit.Tail);
        return transfer.Source.IsLocal
            ? new Failure(FailureKind.CommandKilled, "the shell that ran the command was ended")
            : SshDiagnosis.OfLoss(transfer.Source, exit.Tail);
    }

    private RemoteCommand Command(Transfer transfer)
    {
        var target = transfer.Target;
        return new RemoteCommand(_request.Command, TransferVariables.Of(transfer.Source, target)) { UserOf = target.User is null ? target : null };
    }
}
