using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Engine.Tests.Runs;

/// <summary>One event of each kind, with every field that can be set.</summary>
internal static class SampleEvents
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 30, 15, 250, TimeSpan.Zero);
    private static readonly TimeSpan Took = TimeSpan.FromMilliseconds(1234);
    private static readonly HostName Source = HostName.Of("10.0.0.1", 22), Target = HostName.Of("fe80::1", 2222);

    private static readonly Failure Failure =
        new(FailureKind.TargetDiskFull, "full: \"quoted\" \\ 世界", "free space", 23) { Tail = ["one", "two\ttabs"] };

    public static IReadOnlyList<RunEvent> All =>
    [
        new RunStarted(Now, "20260301-123015-abcd", "scp 'a b' $X\nnext", 1, 200, 3, 4, 2),
        new RunStarted(Now, "20260301-123015-abcd", "true", 1, 1, 0, null, 0),
        new TargetSkipped(Now, Target),
        new SourceOpening(Now, Source),
        new SourceReady(Now, Source, Took),
        new SourceSetAside(Now, Source, Failure, Now.AddSeconds(2)),
        new SourceSetAside(Now, Source, new Failure(FailureKind.ConnectionLost, "lost"), null),
        new SourceRestored(Now, Source),
        new TransferStarted(Now, 17, Source, Target, 1),
        new TransferSucceeded(Now, 17, Source, Target, 1, Took),
        new TransferFailed(Now, 17, Source, Target, 2, Took, Failure, true, Now.AddSeconds(8)),
        new TargetFailed(Now, Target, Source, Failure, 3),
        new TargetRequeued(Now, Target, Source),
        new SlotsChanged(Now, 6),
        new RunPaused(Now),
        new RunContinued(Now),
        new RunStopping(Now, true),
        new ServedCannotServe(Now, Failure),
        new SourcesExhausted(Now, 5),
        new RunFinished(Now, 195, 4, 1, true, Took),
    ];
}
