using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;
using TreePush.Core.Queueing;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Queueing;

/// <summary>What happens to an agent as lines for people.</summary>
internal static class AgentLines
{
    private const int TailLines = 5;

    public static IEnumerable<string> Of(AgentEvent happened) => happened switch
    {
        AgentStarted e => [$"agent {TaskText.Name(e.Agent)} started{(e.Zone is { } zone ? $", zone {TaskText.Name(zone)}" : "")}"],
        AgentStopped { Failure: { } failure } => Failed("the agent can't go on", failure),
        AgentStopped => ["the agent has ended"],
        StoreLost e => Failed("Redis can't be used; the agent waits for it", e.Failure),
        StoreBack e => [$"Redis can be used again, after {Durations.Show(TimeSpan.FromMilliseconds(e.Ms))}"],
        TaskSeen e => [$"{Task(e)}: {Amounts.Size(e.Size)}"],
        TaskAdopted e => [$"{Task(e)}: {Amounts.Size(e.Size)}, a task now, since the key 'task' names it and this host serves it"],
        TaskRefused e => [$"{Task(e)} is not pulled: the path {DisplayText.Line(e.Reason)}", .. e.Hint is { } hint ? ["  hint: " + DisplayText.Line(hint)] : Array.Empty<string>()],
        TaskWaiting e => [$"{Task(e)} waits for a source with a free slot"],
        TaskOver e => [$"{Task(e)} is over"],
        FileOffered e => [$"{Task(e)} is here and was checked: other hosts may pull it"],
        FileWithdrawn e => [$"{Task(e)} is not offered any more: the file here has changed"],
        PullStarted e => [$"{Task(e)} ← {TaskText.Name(e.Source)}{Attempt(e.Attempt)}"],
        PullFinished e => [$"{Task(e)} ← {TaskText.Name(e.Source)} finished in {Durations.Show(TimeSpan.FromMilliseconds(e.Ms))}"],
        PullFailed e => Failed($"{Task(e)} ← {TaskText.Name(e.Source)} {(e.Counted ? "failed" : "was interrupted")}{Attempt(e.Attempt)}", e.Failure),
        PullGivenUp e => [$"{Task(e)} FAILED, and is tried no more: {DisplayText.Line(e.Reason)}"],
        _ => [],
    };

    /// <summary>Whether the event is told with <c>-q</c>, too.</summary>
    public static bool IsTrouble(AgentEvent happened) =>
        happened is StoreLost or TaskRefused or FileWithdrawn or PullFailed { Counted: true } or PullGivenUp or AgentStopped { Failure: not null };

    private static string Task(AgentTaskEvent happened) => $"{TaskText.Name(happened.Task)} {DisplayText.Line(happened.Path, 200)}";

    private static string Attempt(int attempt) => attempt > 1 ? $", attempt {attempt}" : "";

    private static IEnumerable<string> Failed(string what, Failure failure)
    {
        yield return $"{what}: {DisplayText.Line(failure.Message)}";
        foreach (string line in (failure.Tail ?? []).Where(l => !failure.Message.EndsWith(l, StringComparison.Ordinal)).TakeLast(TailLines)) yield return "  | " + DisplayText.Line(line);
        if (failure.Hint is { } hint) yield return "  hint: " + DisplayText.Line(hint);
    }
}
