using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Queueing;
using TreePush.Engine.Queueing;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>From what the user gave to a task, and to the exit code.</summary>
internal sealed class SubmitLauncher(SubmitSettings settings)
{
    /// <summary>The number of <c>--min-success</c>: a host that is not known yet may be among them.</summary>
    private int WantedHosts => settings.Goal.IsShare ? 0 : (int)settings.Goal.Value;

    public async Task<int> RunAsync()
    {
        if (TaskStores.Refuses(settings.Problems, settings.Store)) return ExitCode.Usage;
        using var stop = new CancellationTokenSource();
        using var signals = new Signals(_ => stop.Cancel());
        try
        {
            await using var store = TaskStores.Open(settings.Store, lease: null);
            return await SubmitAsync(store, signals, stop.Token);
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

    private async Task<int> SubmitAsync(ITaskStore store, Signals signals, CancellationToken stop)
    {
        var (submitter, failure) = await Submitter.PrepareAsync(store, settings.Submit, TimeProvider.System, stop);
        if (submitter is null)
        {
            Messages.Error(failure!.Message, failure.Hint);
            return ExitCode.Usage;
        }

        var task = await submitter.SubmitAsync(stop);
        using var screen = TaskScreen.Open(settings.Json, settings.Quiet, settings.NoLive || !settings.Wait);
        screen.Tell(TaskChanges.Submitted(task, DateTimeOffset.UtcNow));
        if (!settings.Wait)
        {
            // The id alone, so that scripts can pass it to 'treepush tasks'.
            if (!settings.Json) Console.Out.WriteLine(TaskText.Name(task.Id));
            return ExitCode.Success;
        }

        var follower = new TaskFollower(store, screen) { NeedsAgents = true, NeedsHosts = WantedHosts };
        bool isOver = await follower.FollowAsync(ct => submitter.FollowAsync(task.Id, ct), settings.Timeout, stop);
        screen.Dispose();
        return stop.IsCancellationRequested ? signals.ExitCode : Conclude(follower.Last, isOver);
    }

    private int Conclude(TaskPicture? picture, bool isOver)
    {
        if (picture is null) return ExitCode.Failed;
        if (settings.Json) Console.Out.WriteLine(TaskJson.Write(TaskChanges.Concluded(picture)));
        bool isMet = settings.Goal.IsMet(picture.Finished.Count, Math.Max(picture.Total, WantedHosts));
        if (!settings.Json && !(settings.Quiet && isMet)) foreach (string line in TaskText.Ends(picture)) Console.Out.WriteLine(line);
        if (!settings.Quiet || !isMet) Console.Error.WriteLine($"{picture.Finished.Count} of {picture.Total} hosts have the file{(isOver ? "" : ", and the time is over")}");
        return isMet ? ExitCode.Success : ExitCode.Failed;
    }
}
