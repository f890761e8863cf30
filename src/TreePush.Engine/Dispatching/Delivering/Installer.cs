using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>
/// Runs the install command of a package at a host, once. The command may have started from the moment at which it is sent to a
/// shell that has shown that it is there. Up to then every failure is <see cref="InstallEnd.NotStarted"/>, and it is safe to try
/// again. From then on it is <see cref="InstallEnd.Lost"/> unless the host reports a status.
/// </summary>
/// <param name="drivers">The ways to hosts, by password.</param>
/// <param name="logFolder">Gets a file for each package and host with what the command prints, for this user only.</param>
public sealed class Installer(DriverBook drivers, string logFolder, TimeProvider time)
{
    /// <param name="limit">The command is ended when it takes longer.</param>
    /// <param name="ct">Ends the command at the host. If it had started, the outcome is <see cref="InstallEnd.Lost"/>.</param>
    public async Task<InstallOutcome> InstallAsync(StagedPackage package, DeliveryOutcome delivered, HostAccess access, string command, TimeSpan limit, CancellationToken ct)
    {
        OutputLog log;
        try
        {
            PrivateFile.CreateFolder(logFolder);
            log = OutputLog.Open(LogOf(package, access.Host), $"{DisplayText.Line(package.Name)} on {access.Host}: {command}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return NotStarted(new Failure(FailureKind.LogNotWritable, $"the log of the install command can't be written: {DisplayText.Line(e.Message)}", $"is there space left in {logFolder}?"));
        }

        using (log)
        {
            var outcome = await RunAsync(InstallCommand.Of(package, delivered, access.Host, command), access, limit, log, ct);
            log.End(outcome.Failure);
            return outcome;
        }
    }

    /// <summary>The file that gets the output of a package's install command at a host.</summary>
    public string LogOf(StagedPackage package, Host host)
    {
        string name = $"{package.Id}_{host.Name.Value.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)}";
        return Path.Combine(logFolder, string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')) + ".log");
    }

    private async Task<InstallOutcome> RunAsync(RemoteCommand command, HostAccess access, TimeSpan limit, OutputLog log, CancellationToken ct)
    {
        using var late = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            await using var remote = await drivers.For(access.Password).OpenAsync(access.Host, ct);
            await using var timer = time.CreateTimer(_ => late.Cancel(), null, limit, Timeout.InfiniteTimeSpan);
            var exit = await remote.RunAsync(command, log.Write, either.Token);
            return OutcomeOf(exit, access.Host, limit, late.IsCancellationRequested, ct.IsCancellationRequested);
        }
        catch (RemoteException e)
        {
            return NotStarted(e.Failure);
        }
        catch (OperationCanceledException)
        {
            return NotStarted(ct.IsCancellationRequested ? new Failure(FailureKind.Interrupted, "interrupted before the install command was started")
                : new Failure(FailureKind.TimedOut, $"{access.Host} started no shell for the install command in time"));
        }
    }

    private static InstallOutcome OutcomeOf(RemoteExit exit, Host host, TimeSpan limit, bool isLate, bool isInterrupted)
    {
        if (exit.Status is 0) return new InstallOutcome(InstallEnd.Done, null);
        if (exit.Status is { } status) return new InstallOutcome(InstallEnd.Failed, InstallFailure.OfStatus(host, status, exit.Tail));
        if (isInterrupted) return new InstallOutcome(InstallEnd.Lost, InstallFailure.OfInterruption(host, exit.Tail));
        if (isLate && exit.Loss is null) return new InstallOutcome(InstallEnd.Failed, InstallFailure.OfTimeout(host, limit, exit.Tail));
        return new InstallOutcome(InstallEnd.Lost, InstallFailure.OfLoss(host, exit.Loss, exit.Tail));
    }

    private static InstallOutcome NotStarted(Failure failure) => new(InstallEnd.NotStarted, failure);
}
