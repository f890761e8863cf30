using System.CommandLine;
using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Html;
using TreePush.Cli.Output.Json;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Engine.Pushing;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary>The push itself: <c>treepush 'CMD' -s SOURCES -l LIST</c>.</summary>
internal sealed class PushCommand(PushOptions options)
{
    public async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = PushSettings.Read(options, parsed);
        var builder = new RunBuilder(settings);
        try
        {
            return settings.Resume is { } run
                ? await ResumeAsync(run, settings, builder)
                : await StartAsync(settings, builder, ct);
        }
        catch (RunFolderException e)
        {
            Messages.Error(e.Message, e.Hint);
            return settings.Resume is null ? ExitCode.Internal : ExitCode.Usage;
        }
    }

    private static async Task<int> StartAsync(PushSettings settings, RunBuilder builder, CancellationToken ct)
    {
        var request = await builder.BuildAsync(DateTimeOffset.UtcNow, ct);
        foreach (var warning in builder.Warnings) Messages.Warning($"{warning.Where}: {warning.What}", warning.Hint);
        if (request is null) return Refuse(builder);
        if (settings.DryRun) return DryRun.Show(request, new HashSet<HostName>(), settings.Json);
        if (MissingSsh(request)) return ExitCode.Internal;
        if (ReportFault(settings) is { } fault) return fault;
        using var folder = RunFolder.Create(settings.LogFolder, request);
        return await RunAsync(folder, new HashSet<HostName>(), settings);
    }

    private static async Task<int> ResumeAsync(string run, PushSettings settings, RunBuilder builder)
    {
        using var earlier = RunFolder.Reopen(settings.LogFolder, run);
        var request = builder.Resume(earlier.Request);
        if (builder.Problems.Count > 0) return Refuse(builder);
        var served = earlier.Served();
        if (settings.DryRun) return DryRun.Show(request, served, settings.Json);
        if (MissingSsh(request)) return ExitCode.Internal;
        if (ReportFault(settings) is { } fault) return fault;
        return await RunAsync(earlier.With(request), served, settings);
    }

    private static async Task<int> RunAsync(RunFolder folder, IReadOnlySet<HostName> served, PushSettings settings)
    {
        using var journal = Journal.Open(folder.JournalPath);
        using var log = new RunLog(settings.LogFolder, folder.Request.Run, settings.Debug);
        var tally = new PushTally();
        var report = settings.Report is null ? null : new HtmlReport(folder.Request, served);
        await using var screen = Screen.Open(settings, tally);

        void Debug(string line)
        {
            log.Debug(line);
            if (settings.Debug) screen.Debug(line);
        }

        var time = TimeProvider.System;
        var driver = new HostDrivers(new LocalDriver(time), new SshDriver(folder.Request.Ssh, time, Debug));
        List<IRunObserver> observers = [journal, log, new TallyObserver(tally), screen];
        if (settings.Json) observers.Add(new JsonOutput(Console.Out));
        if (report is not null) observers.Add(report);

        using var run = new PushRun(folder, served, driver, observers, time);
        using var signals = new Signals(run.Post);
        screen.Start(run.Post);
        var finished = await run.RunAsync();
        await screen.DisposeAsync();
        return Conclude(folder, served, settings, tally, finished, journal, report);
    }

    private static int Conclude(
        RunFolder folder, IReadOnlySet<HostName> served, PushSettings settings, PushTally tally, RunFinished finished, Journal journal, HtmlReport? report)
    {
        var request = folder.Request;
        var notTried = tally.NotTried(request.Targets, served).ToList();
        var hosts = request.Targets.ToDictionary(t => t.Name);
        string? failedList = folder.WriteList("failed", [.. tally.Failed.Values.OrderBy(f => f.Target).Select(f => (hosts[f.Target], (string?)Summary.Reason(f)))]);
        folder.WriteList("not-tried", [.. notTried.Select(t => (t, (string?)null))]);

        bool goalIsMet = settings.Goal.IsMet(finished.Succeeded, request.Targets.Count);
        if (!settings.Json && (!settings.Quiet || finished.Failed + finished.NotTried > 0))
        {
            HostName[] succeeded = [.. request.Targets.Select(t => t.Name).Where(n => served.Contains(n) || tally.Succeeded.ContainsKey(n) || tally.Skipped.Contains(n))];
            foreach (string line in Summary.Lists(tally, succeeded, [.. notTried.Select(t => t.Name)])) Console.Out.WriteLine(line);
        }

        if (!settings.Quiet) Console.Error.WriteLine($"{Summary.LastLine(finished, request.Targets.Count)}; logs are in {folder.Path}");
        if (finished.Failed + finished.NotTried > 0)
        {
            string list = failedList is null ? "" : $"; the failed ones are listed in {failedList}";
            Console.Error.WriteLine($"the rest can be served by: treepush --resume {request.Run}{(settings.LogFolder == PushSettings.DefaultLogFolder ? "" : $" --logdir {settings.LogFolder}")}{list}");
        }

        if (journal.Fault is { } fault) Messages.Warning($"the journal could not be written to its end ({fault})", "this run can't be resumed reliably");
        int code = finished.Interrupted ? ExitCode.Interrupted : goalIsMet ? ExitCode.Success : ExitCode.Failed;
        if (report?.Write(settings.Report!, code) is not { } problem) return code;
        App.Complain([problem]);
        // That hosts were not served is the graver news of the two.
        return code == ExitCode.Success ? ExitCode.Internal : code;
    }

    private static int Refuse(RunBuilder builder)
    {
        App.Complain(builder.Problems);
        return ExitCode.Usage;
    }

    private static bool MissingSsh(RunRequest request)
    {
        bool needed = request.Targets.Count > 1 || request.Sources.Any(s => !s.IsLocal);
        if (!needed || ProgramPath.Find("ssh") is not null) return false;
        Messages.Error("there is no ssh on this machine", "install the OpenSSH client: apt-get install openssh-client, dnf install openssh-clients");
        return true;
    }

    /// <summary>A report that can't be written is better told before the run than after it.</summary>
    private static int? ReportFault(PushSettings settings)
    {
        if (settings.Report is not { } path || Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) return null;
        Messages.Error($"--report: there is no folder for {HostSyntax.Quoted(path)}");
        return ExitCode.Usage;
    }
}
