using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Output.Queueing;

/// <summary>What has changed in a task as lines for people.</summary>
internal static class TaskLines
{
    /// <returns>Null for a change that is no line of its own.</returns>
    public static string? Of(TaskChange change) => change switch
    {
        TaskSubmitted c => $"task {TaskText.Name(c.Task)}: {DisplayText.Line(c.Path, 200)}, {Amounts.Size(c.Size)}, SHA-256 {TaskText.Name(c.Sha256)[..Math.Min(12, TaskText.Name(c.Sha256).Length)]}…",
        HostFinished { Source: null } c => $"{TaskText.Name(c.Host)} has the file",
        HostFinished c => $"{TaskText.Name(c.Source!)} → {TaskText.Name(c.Host)} finished{(c.Ms is { } ms ? $" in {Durations.Show(TimeSpan.FromMilliseconds(ms))}" : "")}{Attempts(c.Attempts)}",
        HostFailed c => $"{TaskText.Name(c.Host)} FAILED{Attempts(c.Attempts)}: {DisplayText.Line(c.Reason ?? "no reason is known")}",
        _ => null,
    };

    /// <summary>Whether the change is told with <c>-q</c>, too.</summary>
    public static bool IsTrouble(TaskChange change) => change is HostFailed;

    private static string Attempts(int attempts) => attempts > 1 ? $" (attempt {attempts})" : "";
}
