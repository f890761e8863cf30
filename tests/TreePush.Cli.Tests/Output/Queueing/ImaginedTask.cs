using TreePush.Cli.Output.Queueing;
using TreePush.Core.Queueing;

namespace TreePush.Cli.Tests.Output.Queueing;

/// <summary>A task that a1 began: a2 and a3 have pulled from it, a4 pulls from a2, a5 waits, a6 is given up, and a7 has not claimed yet.</summary>
internal static class ImaginedTask
{
    public static readonly DateTimeOffset Start = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public static readonly TaskSpec Spec = new("3f2a9c1b77d0", "/data1/f", 10 << 20, new string('a', 64), 2, 3, Start);

    public static TaskView View { get; } = new(Spec, TaskState.Open,
        [
            Host("a1", HostProgress.Finished) with { Serving = 1 },
            Host("a2", HostProgress.Finished) with { Source = "a1", Since = At(0), Ended = At(10), Serving = 1, Attempts = 1 },
            Host("a3", HostProgress.Finished) with { Source = "a1", Since = At(0), Ended = At(10), Attempts = 2 },
            Host("a4", HostProgress.Running) with { Source = "a2", Since = At(10), Attempts = 1 },
            Host("a5", HostProgress.Waiting),
            Host("a6", HostProgress.Failed) with { Source = "a1", Attempts = 3, Ended = At(12), Reason = "the disk is full" },
        ], At(14));

    public static IReadOnlyList<AgentRecord> Agents { get; } = [.. new[] { "a1", "a2", "a3", "a4", "a5", "a6", "a7" }.Select(n => new AgentRecord(n, null, "0.1", At(14)))];

    public static TaskPicture Picture => new(View, Agents);

    public static TaskHost Host(string name, HostProgress progress) => new(name, null, progress, null, 0, null, null, null, 0);

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);
}
