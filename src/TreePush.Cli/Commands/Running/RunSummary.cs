using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Running;

/// <summary>The end of a run: the lists of hosts that remain, the summary, the report, and the exit code.</summary>
internal sealed class RunSummary(RunSession session, RunSettings settings, RunFinished finished, int interrupted)
{
    private readonly RunRequest _request = session.Folder.Request;
    private readonly RunTally _tally = session.View.Tally;

    private bool IsDryRun => _request.Work.IsDryRun;

    private bool IsIncomplete => finished.Failed + finished.NotTried > 0;

    /// <returns>The exit code.</returns>
    public int Show()
    {
        List<Host> notTried = [.. _tally.NotTried(_request.Targets, session.Served)];
        string? failedList = IsDryRun ? null : WriteLists(notTried);
        ShowLists(notTried);
        if (!settings.Quiet) Console.Error.WriteLine($"{session.View.LastLine(finished, _request.Targets.Count)}; logs are in {session.Folder.Path}");
        if (IsIncomplete && !IsDryRun) ShowHowToResume(failedList);
        if (session.Folder.JournalFault is { } fault) Messages.Warning($"the journal is incomplete ({fault})", "this run can't be resumed reliably");
        return Report(Code());
    }

    private int Code()
    {
        if (finished.Interrupted) return interrupted;
        return settings.Goal.IsMet(finished.Succeeded, _request.Targets.Count) ? ExitCode.Success : ExitCode.Failed;
    }

    /// <returns>The path of the list of failed targets; null if none failed.</returns>
    private string? WriteLists(IReadOnlyCollection<Host> notTried)
    {
        var hosts = _request.Targets.ToDictionary(t => t.Name);
        session.Folder.WriteList("not-tried", [.. notTried.Select(t => (t, (string?)null))]);
        return session.Folder.WriteList("failed", [.. _tally.Failed.Values.OrderBy(f => f.Target).Select(f => (hosts[f.Target], (string?)session.View.Reason(f)))]);
    }

    private void ShowLists(IReadOnlyCollection<Host> notTried)
    {
        if (settings.Json || (settings.Quiet && !IsIncomplete && !IsDryRun)) return;
        HostName[] succeeded = [.. _request.Targets.Select(t => t.Name).Where(n => session.Served.Contains(n) || _tally.Succeeded.Contains(n) || _tally.Skipped.Contains(n))];
        foreach (string line in session.View.Results(succeeded, [.. notTried.Select(t => t.Name)])) Console.Out.WriteLine(line);
    }

    private void ShowHowToResume(string? failedList)
    {
        string place = settings.LogFolder == RunSettings.DefaultLogFolder ? "" : $" --logdir {settings.LogFolder}";
        string list = failedList is null ? "" : $"; failed targets are listed in {failedList}";
        Console.Error.WriteLine($"to serve the rest: treepush --resume {_request.Run}{place}{list}");
    }

    private int Report(int code)
    {
        if (session.Report?.Write(settings.Report!, code) is not { } problem) return code;
        App.Complain([problem]);
        // Failed hosts matter more than a lost report, so their exit code stays.
        return code == ExitCode.Success ? ExitCode.Internal : code;
    }
}
