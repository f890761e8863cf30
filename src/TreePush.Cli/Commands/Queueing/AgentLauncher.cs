using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Queueing;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Queueing;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>From what the user gave to an agent at work, and to its exit code.</summary>
internal sealed class AgentLauncher(AgentSettings settings)
{
    public async Task<int> RunAsync()
    {
        if (TaskStores.Refuses(settings.Problems, settings.Store)) return ExitCode.Usage;
        try
        {
            using var held = AgentLock.TryTake(settings.State, settings.Agent.Name);
            return held is null ? Busy() : await WorkAsync();
        }
        catch (RunFolderException e)
        {
            Messages.Error(e.Message, e.Hint);
            return ExitCode.Internal;
        }
    }

    private async Task<int> WorkAsync()
    {
        var time = TimeProvider.System;
        var output = new AgentOutput(settings.Json, settings.Quiet);
        using var stop = new CancellationTokenSource();
        using var signals = new Signals(_ => stop.Cancel());
        await using var store = TaskStores.Open(settings.Store, settings.Agent.Lease);
        await using var driver = new LocalDriver(time);
        var context = new AgentContext(store, driver, AgentLogs.Open(settings.LogFolder, time.GetUtcNow()), time) { Observe = output.Tell };
        var failure = await new Agent(settings.Agent, context).RunAsync(stop.Token);
        return CodeOf(failure, stop.IsCancellationRequested, signals.ExitCode, output.HasFailures);
    }

    /// <summary>A service that is stopped has done its work, so SIGTERM is no failure.</summary>
    private int CodeOf(Failure? failure, bool isStopped, int signal, bool hasFailures)
    {
        if (failure is not null) return ExitCode.Internal;
        if (isStopped) return signal == ExitCode.Terminated ? ExitCode.Success : signal;
        return settings.Agent.Once && hasFailures ? ExitCode.Failed : ExitCode.Success;
    }

    /// <summary>From cron, an agent that finds another one at work has nothing to do.</summary>
    private int Busy()
    {
        string name = HostSyntax.Quoted(settings.Agent.Name);
        if (!settings.Agent.Once)
        {
            Messages.Error($"another agent with the name {name} runs on this machine", "two agents would pull the same files; --name and --state tell agents apart");
            return ExitCode.Internal;
        }

        if (!settings.Quiet) Console.Error.WriteLine($"another agent with the name {name} is at work");
        return ExitCode.Success;
    }
}
