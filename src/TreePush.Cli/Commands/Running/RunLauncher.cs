using TreePush.Cli.Commands.Syncing;
using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Running;

/// <summary>From what the user gave to a run's exit code: a new run, or one that is resumed, whichever command resumes it.</summary>
internal sealed class RunLauncher(RunSettings settings, RunBuilder builder)
{
    public async Task<int> RunAsync(CancellationToken ct)
    {
        try
        {
            return settings.Resume is { } run ? await ResumeAsync(run) : await StartAsync(ct);
        }
        catch (RunFolderException e)
        {
            Messages.Error(e.Message, e.Hint);
            return settings.Resume is null ? ExitCode.Internal : ExitCode.Usage;
        }
    }

    private async Task<int> StartAsync(CancellationToken ct)
    {
        var request = await builder.BuildAsync(DateTimeOffset.UtcNow, ct);
        foreach (var warning in builder.Warnings) Messages.Warning($"{warning.Where}: {warning.What}", warning.Hint);
        if (request is null) return Refuse();
        var nobody = new HashSet<HostName>();
        if (request.Sync is null && settings.DryRun) return DryRun.Show(request, nobody, settings.Json);
        if (Hindrance(request) is { } code) return code;
        using var folder = RunFolder.Create(settings.LogFolder, request);
        return await CarryOutAsync(folder, nobody);
    }

    private async Task<int> ResumeAsync(string run)
    {
        using var earlier = RunFolder.Reopen(settings.LogFolder, run);
        var request = builder.Resume(earlier.Request);
        if (builder.Problems.Count > 0) return Refuse();
        var served = earlier.Served();
        if (request.Sync is null && settings.DryRun) return DryRun.Show(request, served, settings.Json);
        if (Hindrance(request) is { } code) return code;
        return await CarryOutAsync(earlier.With(request), served);
    }

    private Task<int> CarryOutAsync(RunFolder folder, IReadOnlySet<HostName> served) =>
        folder.Request.Sync is null ? PushCommand.CarryOutAsync(folder, served, settings) : SyncCommand.CarryOutAsync(folder, served, settings);

    private int Refuse()
    {
        App.Complain(builder.Problems);
        return ExitCode.Usage;
    }

    /// <summary>What on this machine stands in the run's way, told; the exit code for it, or null where there is nothing.</summary>
    private int? Hindrance(RunRequest request)
    {
        if (NeedsSsh(request) && ProgramPath.Find("ssh") is null)
        {
            Messages.Error("there is no ssh on this machine", "install the OpenSSH client: apt-get install openssh-client, dnf install openssh-clients");
            return ExitCode.Internal;
        }

        // A report that can't be written is better told before the run than after it.
        if (settings.Report is not { } path || Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) return null;
        Messages.Error($"--report: there is no folder for {HostSyntax.Quoted(path)}");
        return ExitCode.Usage;
    }

    /// <summary>A push connects to sources alone, and so to targets only where one may serve another.</summary>
    private static bool NeedsSsh(RunRequest request) =>
        request.Sources.Any(s => !s.IsLocal) || (request.Sync is null ? request.Targets.Count > 1 : request.Targets.Any(t => !t.IsLocal));
}
