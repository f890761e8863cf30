using TreePush.Core.Hosts;
using TreePush.Core.Queueing;
using TreePush.Core.Runs;
using TreePush.Engine.Folders;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>Executes one transfer: runs the agent's command on this machine, logs its output, and checks the file that it brought.</summary>
internal sealed class PullRunner(AgentOptions options, AgentContext context, FileHashes hashes)
{
    private static readonly Failure Interrupted = new(FailureKind.Interrupted, "the transfer was ended");
    private static readonly Host ThisMachine = new("127.0.0.1");

    /// <param name="ct">Cancelled to end the transfer.</param>
    /// <returns>Why it failed; null if the file is there and is the task's.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled. The command has ended.</exception>
    public async Task<PullFault?> RunAsync(TaskSpec task, Claim claim, CancellationToken ct)
    {
        if (AgentName.Fault(claim.Source) is { } fault)
            return new PullFault(new Failure(FailureKind.HostUnusable, $"the source {DisplayText.Line(claim.Source, 80)} {fault}"), FaultOf.Source);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(task.Path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return OfHost(FailureKind.TargetNotWritable, $"this host can't make the folder of the file: {DisplayText.Line(e.Message)}", "the agent's user must be able to write there");
        }

        var before = TaskFile.Status(task.Path);
        return await RunCommandAsync(task, claim, ct) ?? await CheckAsync(task, before, ct);
    }

    private async Task<PullFault?> RunCommandAsync(TaskSpec task, Claim claim, CancellationToken ct)
    {
        if (context.Logs is not { } logs) return await RunCommandAsync(task, claim, _ => { }, ct);
        OutputLog log;
        try
        {
            log = logs.Open(task, claim, options.Command);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return OfHost(FailureKind.LogNotWritable, $"the log of the transfer can't be written: {DisplayText.Line(e.Message)}", "is there space left in the log folder?");
        }

        using (log)
        {
            PullFault? fault = null;
            try
            {
                return fault = await RunCommandAsync(task, claim, log.Write, ct);
            }
            finally
            {
                log.End(ct.IsCancellationRequested ? Interrupted : fault?.Failure);
            }
        }
    }

    private async Task<PullFault?> RunCommandAsync(TaskSpec task, Claim claim, Action<OutputLine> output, CancellationToken ct)
    {
        RemoteExit exit;
        bool isTimedOut;
        try
        {
            await using var host = await context.Driver.OpenAsync(ThisMachine, ct);
            (exit, isTimedOut) = await TimedCommand.RunAsync(host, new RemoteCommand(options.Command, Variables(task, claim)), options.Timeout, output, context.Time, ct);
        }
        catch (RemoteException e)
        {
            return new PullFault(e.Failure, FaultOf.Host);
        }

        if (exit.Status is 0) return null;
        ct.ThrowIfCancellationRequested();
        if (isTimedOut) return PullDiagnosis.OfTimeout(options.Timeout!.Value, exit.Tail);
        if (exit.Status is { } status) return PullDiagnosis.Of(claim.Source, status, exit.Tail);
        return new PullFault(exit.Loss ?? new Failure(FailureKind.CommandKilled, "the command was ended"), FaultOf.Unknown);
    }

    private SortedDictionary<string, string> Variables(TaskSpec task, Claim claim)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["TPUSH_SRC"] = claim.Source,
            ["TPUSH_HOST"] = options.Name,
            ["TPUSH_PATH"] = task.Path,
            ["TPUSH_TASK"] = task.Id,
        };
        if (options.Zone is { } zone) variables["TPUSH_ZONE"] = zone;
        return variables;
    }

    /// <summary>
    /// Checks the file. If the command left it untouched, it has not copied the source's file, so the source is not to blame.
    /// </summary>
    private async Task<PullFault?> CheckAsync(TaskSpec task, EntryStatus? before, CancellationToken ct)
    {
        if (await hashes.FindAsync(task, ct) is not null) return null;
        const string Hint = "the command must write $TPUSH_PATH, whatever stood there";
        return TaskFile.Status(task.Path) switch
        {
            null => OfHost(FailureKind.FileDiffers, "the command ended with status 0, but the file is not there", Hint),
            { Type: not EntryType.File } => OfHost(FailureKind.FileDiffers, "the command ended with status 0, but no regular file is there", Hint),
            { } after when after == before => OfHost(FailureKind.FileDiffers, "the command ended with status 0, but it left the file as it was", Hint),
            { } after when after.Size != task.Size => OfFile($"the source's file has {after.Size} bytes, and the task's has {task.Size}"),
            _ when await hashes.OfAsync(task.Path, ct) is null => OfHost(FailureKind.FileDiffers, "the file can't be read, or something writes to it", "the agent's user must be able to read it"),
            _ => OfFile("the source's file has another SHA-256 than the task's"),
        };
    }

    private static PullFault OfHost(FailureKind kind, string message, string hint) => new(new Failure(kind, message, hint), FaultOf.Host);

    private static PullFault OfFile(string message) => new(new Failure(FailureKind.FileDiffers, message), FaultOf.SourceFile);
}
