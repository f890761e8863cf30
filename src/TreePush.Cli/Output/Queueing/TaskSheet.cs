using TreePush.Cli.Output.Console;
using TreePush.Core.Queueing;

namespace TreePush.Cli.Output.Queueing;

/// <summary>Tasks as a table.</summary>
internal static class TaskSheet
{
    private static readonly string[] Headers = ["task", "file", "size", "state", "submitted", "finished", "running", "waiting", "failed"];

    public static Sheet Of(IReadOnlyList<TaskSummary> tasks) => new("Tasks", Headers, new HashSet<int> { 0, 1, 3, 4 }, [.. tasks.Select(Row)]);

    private static SheetRow Row(TaskSummary task) => new(
        [
            TaskText.Name(task.Spec.Id), TaskText.Path(task.Spec), Amounts.Size(task.Spec.Size), TaskText.State(task.State), $"{task.Spec.Created.ToLocalTime():yyyy-MM-dd HH:mm:ss}",
            task.Finished.ToString(), task.Running.ToString(), task.Waiting.ToString(), task.Failed.ToString(),
        ],
        task.Failed > 0);
}
