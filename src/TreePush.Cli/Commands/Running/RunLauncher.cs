using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Running;

/// <summary>Runs a new run, or resumes an earlier one, which may be of the other job, and returns the exit code.</summary>
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
        if (settings.DryRun && Job.Of(request).Foretell(nobody, settings.Json) is { } foretold) return foretold;
        var secrets = AskSecrets();
        if (Preflight(request, secrets) is { } code) return code;
        using var folder = RunFolder.Create(settings.LogFolder, request);
        return await CarryOutAsync(folder, nobody, secrets!);
    }

    private async Task<int> ResumeAsync(string run)
    {
        using var earlier = RunFolder.Reopen(settings.LogFolder, run);
        var request = builder.Resume(earlier.Request);
        if (builder.Problems.Count > 0) return Refuse();
        var served = earlier.Served();
        if (settings.DryRun && Job.Of(request).Foretell(served, settings.Json) is { } foretold) return foretold;
        var secrets = AskSecrets();
        if (Preflight(request, secrets) is { } code) return code;
        return await CarryOutAsync(earlier.With(request), served, secrets!);
    }

    /// <summary>Executes the run to its end.</summary>
    /// <returns>The exit code.</returns>
    private async Task<int> CarryOutAsync(RunFolder folder, IReadOnlySet<HostName> served, SshSecrets secrets)
    {
        var job = Job.Of(folder.Request);
        await using var session = RunSession.Open(folder, served, settings, job);
        await using var drivers = session.Drivers(secrets, TimeProvider.System);
        // As long as the user is asked for passphrases, a signal ends the program: there is no run yet that it could stop.
        drivers.Unlock(folder.Request.Sources.Concat(folder.Request.Targets));
        var controls = new RunControls();
        using var signals = new Signals(controls.Stop);
        session.Screen.Start(job.Prompt(controls));
        var result = await new Runner(drivers, TimeProvider.System, session.Debug).RunAsync(folder.Request, session.Observers, folder, controls, CancellationToken.None);
        return await session.ConcludeAsync(result.Finished, signals.ExitCode);
    }

    private int Refuse()
    {
        App.Complain(builder.Problems);
        return ExitCode.Usage;
    }

    /// <summary>Asks for the password with <c>--ask-pass</c>.</summary>
    /// <returns>Null if the user gave no password.</returns>
    private SshSecrets? AskSecrets()
    {
        var secrets = settings.Secrets with { AskPassphrase = key => SecretPrompt.Ask($"passphrase of {DisplayText.Line(key)}") };
        if (!settings.AskPassword) return secrets;
        return SecretPrompt.Ask("password") is { Length: > 0 } password ? secrets with { Password = password } : null;
    }

    /// <summary>
    /// Checks this machine before the run and reports what is wrong. The result is the exit code; null if all is well.
    /// </summary>
    private int? Preflight(RunRequest request, SshSecrets? secrets)
    {
        if (secrets is null)
        {
            Messages.Error("--ask-pass: no password was given", SecretPrompt.IsPossible ? null : "--ask-pass needs a terminal; --password-file FILE reads the password from a file");
            return ExitCode.Usage;
        }

        if (Job.Of(request).NeedsSsh && SshClients.Problems(request.Ssh, secrets) is { Count: > 0 } problems)
        {
            App.Complain(problems);
            // A missing program is this machine's fault; an option that the builtin client lacks is wrong usage.
            return SshClients.Resolve(request.Ssh, secrets) == SshClientKind.OpenSsh ? ExitCode.Internal : ExitCode.Usage;
        }

        // Better to fail now than after the run.
        if (settings.Report is not { } path || Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) return null;
        Messages.Error($"--report: there is no folder for {HostSyntax.Quoted(path)}");
        return ExitCode.Usage;
    }
}
