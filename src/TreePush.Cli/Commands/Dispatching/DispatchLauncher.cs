using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Dispatching;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;
using TreePush.Engine.Dispatching.Configs;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Dispatching;

/// <summary>From what the user gave to an exit code.</summary>
internal sealed class DispatchLauncher(DispatchSettings settings)
{
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var problems = settings.Problems.ToList();
        var (config, rules) = settings.Config.Length == 0 ? (new DispatchConfig(), new RuleBook([])) : await ReadRulesAsync(problems, ct);
        if (problems.Count > 0) return Refuse(problems);
        if (settings.Verb == DispatchVerb.Check) return new DispatchCheck(rules, DateTimeOffset.Now).Show(settings.Names);
        try
        {
            return await WithJournalAsync(config, rules, ct);
        }
        catch (RunFolderException e)
        {
            Messages.Error(e.Message, e.Hint);
            return ExitCode.Internal;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Messages.Error($"the journal in {settings.State} can't be used: {e.Message}", "--state names another place");
            return ExitCode.Internal;
        }
    }

    private async Task<(DispatchConfig Config, RuleBook Rules)> ReadRulesAsync(List<Problem> problems, CancellationToken ct)
    {
        var (config, faults) = ConfigFile.Read(settings.Config);
        var netrc = NetrcReader.Read(NetrcReader.DefaultPath, text => Messages.Warning(text));
        // Other programs read the file as well: a rule that misses a login because of a fault in it is a problem of its own.
        foreach (var fault in netrc.Problems) Messages.Warning($"{fault.Where}: {fault.What}", fault.Hint);
        var loader = new RuleLoader(Path.GetDirectoryName(Path.GetFullPath(settings.Config))!, (host, login) => netrc.Find(host, login) is { } e ? new Credentials(e.Login, e.Password, e.Account) : null);
        var rules = await loader.LoadAsync(config.Rules, ct);
        problems.AddRange([.. faults, .. loader.Problems]);
        return (config, rules);
    }

    private async Task<int> WithJournalAsync(DispatchConfig config, RuleBook rules, CancellationToken ct)
    {
        var folder = DispatchFolder.Open(settings.State);
        await using var journal = await DispatchJournal.OpenAsync(folder, DateTimeOffset.UtcNow, ct);
        if (settings.Verb == DispatchVerb.Status) return new DispatchStatus(journal, settings).Show();
        if (AskSecrets() is not { } secrets) return ExitCode.Usage;
        using var output = new DispatchOutput(folder, new PackageLines(id => journal.Read(b => b.Find(id))), settings.Json, settings.Quiet);
        await using var session = new DispatchSession(settings, config, rules, secrets, folder, journal, output);
        return settings.Verb switch
        {
            DispatchVerb.Watch => await session.WatchAsync(),
            DispatchVerb.Retry => await session.RetryAsync(settings.Names),
            DispatchVerb.Forget => await session.ForgetAsync(settings.Names),
            _ => await session.DeliverAsync(settings.Names),
        };
    }

    /// <returns>Null if no password was given, which is told.</returns>
    private SshSecrets? AskSecrets()
    {
        var secrets = settings.Secrets with { AskPassphrase = key => SecretPrompt.Ask($"passphrase of {DisplayText.Line(key)}") };
        if (!settings.AskPassword) return secrets;
        if (SecretPrompt.Ask("password") is { Length: > 0 } password) return secrets with { Password = password };
        Messages.Error("--ask-pass: no password was given", SecretPrompt.IsPossible ? null : "--password-file FILE reads it from a file");
        return null;
    }

    private static int Refuse(IReadOnlyList<Problem> problems)
    {
        App.Complain(problems);
        return ExitCode.Usage;
    }
}
