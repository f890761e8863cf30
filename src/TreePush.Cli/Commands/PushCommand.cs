using System.CommandLine;
using TreePush.Cli.Commands.Running;
using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Html;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary>The push itself: <c>treepush 'CMD' -s SOURCES -l LIST</c>.</summary>
internal sealed class PushCommand(PushOptions options)
{
    public Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = PushSettings.Read(options, parsed);
        return new RunLauncher(settings.Run, new PushBuilder(settings)).RunAsync(ct);
    }

    /// <summary>Runs a push to its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> CarryOutAsync(RunFolder folder, IReadOnlySet<HostName> served, RunSettings settings)
    {
        var tally = new PushTally();
        await using var session = RunSession.Open(folder, served, settings, new PushView(tally), () => new ReportFold(folder.Request, served));
        var time = TimeProvider.System;
        using var run = new PushRun(folder, served, session.Drivers(time), session.Observers, time);
        using var signals = new Signals(kill => run.Post(new PushInput.Stop(kill)));
        session.Screen.Start(new PushPrompt(tally, run.Post).Execute);
        var finished = await run.RunAsync();
        return await session.ConcludeAsync(finished, signals.ExitCode);
    }
}
