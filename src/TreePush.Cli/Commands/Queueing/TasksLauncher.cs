using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Queueing;
using TreePush.Core.Hosts;
using TreePush.Engine.Queueing;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>Lists tasks, shows or follows one, or cancels it.</summary>
internal sealed class TasksLauncher(TasksSettings settings)
{
    public async Task<int> RunAsync()
    {
        if (TaskStores.Refuses(settings.Problems, settings.Store)) return ExitCode.Usage;
        using var stop = new CancellationTokenSource();
        using var signals = new Signals(_ => stop.Cancel());
        try
        {
            await using var store = TaskStores.Open(settings.Store, lease: null);
            if (settings.Task is not { } task) return await ListAsync(store, stop.Token);
            if (settings.Cancel) return await CancelAsync(store, task, stop.Token);
            int code = await ShowAsync(store, task, stop.Token);
            return stop.IsCancellationRequested ? signals.ExitCode : code;
        }
        catch (TaskStoreException e)
        {
            Messages.Error(e.Failure.Message, e.Failure.Hint);
            return ExitCode.Internal;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return signals.ExitCode;
        }
    }

    private async Task<int> ListAsync(ITaskStore store, CancellationToken ct)
    {
        var tasks = await store.ListAsync(ct);
        if (settings.Json) foreach (var task in tasks) Console.Out.WriteLine(TaskJson.Write(task));
        else if (tasks.Count == 0) Console.Out.WriteLine("there are no tasks");
        else SheetWriter.OfOutput().Write(TaskSheet.Of(tasks));
        return ExitCode.Success;
    }

    private static async Task<int> CancelAsync(ITaskStore store, string task, CancellationToken ct)
    {
        bool cancelled = await store.CancelAsync(task, ct);
        if (!cancelled) Messages.Error($"there is no open task {HostSyntax.Quoted(task)}", "treepush tasks lists them");
        else Console.Error.WriteLine($"task {TaskText.Name(task)} is cancelled");
        return cancelled ? ExitCode.Success : ExitCode.Failed;
    }

    private async Task<int> ShowAsync(ITaskStore store, string task, CancellationToken ct)
    {
        using var screen = TaskScreen.Open(settings.Json, quiet: false, settings.NoLive);
        if (await store.ViewAsync(task, ct) is not { } view)
        {
            Messages.Error($"there is no task {HostSyntax.Quoted(task)}", "treepush tasks lists them");
            return ExitCode.Failed;
        }

        if (!settings.Watch && !screen.IsLive)
        {
            Print(new TaskPicture(view, await store.AgentsAsync(ct)));
            return ExitCode.Success;
        }

        var follower = new TaskFollower(store, screen);
        await follower.FollowAsync(stop => new TaskWatch(store, TimeProvider.System).FollowAsync(task, stop), most: null, ct);
        screen.Dispose();
        if (follower.Last is not { } last) return ExitCode.Failed;
        Print(last);
        return last.Finished.Count == last.Total ? ExitCode.Success : ExitCode.Failed;
    }

    private void Print(TaskPicture picture)
    {
        if (settings.Json) Console.Out.WriteLine(TaskJson.Write(picture));
        else foreach (string line in TaskText.Whole(picture)) Console.Out.WriteLine(line);
    }
}
