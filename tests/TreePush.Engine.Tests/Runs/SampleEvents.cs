using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;

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
        new RunStarted(Now, "1.2.3", "20260301-123015-abcd", JobKind.Push, "scp 'a b' $X\nnext", 1, 200, 3, false),
        new RunStarted(Now, "1.2.3", "20260301-123015-abcd", JobKind.Sync, "sync /a '/b c'", 2, 200, 3, true),
        new TargetSkipped(Now, Target),
        new SourceOpening(Now, Source),
        new SourceReady(Now, Source, Took),
        new SourceSetAside(Now, Source, Failure, Now.AddSeconds(2)),
        new SourceSetAside(Now, Source, new Failure(FailureKind.ConnectionLost, "lost"), null),
        new SourceRestored(Now, Source),
        new TransferStarted(Now, 17, Source, Target, 1),
        new TransferSucceeded(Now, 17, Source, Target, 1, Took),
        new TransferFailed(Now, 17, Source, Target, 2, Took, Failure, true, Now.AddSeconds(8)),
        new TargetServed(Now, Target, Source, 2, Took),
        new TargetServed(Now, Target, null, 0, Took) { Receipt = new Receipt(10, 5L << 32, 77, 78, 3, 2, "00ff") },
        new TargetFailed(Now, Target, Source, 3, Took, Failure),
        new TargetFailed(Now, Target, null, 0, Took, Failure),
        new TargetRequeued(Now, Target, Source),
        new SlotsChanged(Now, 6),
        new RunPaused(Now),
        new RunContinued(Now),
        new RunStopping(Now, true),
        new ServedCannotServe(Now, Failure),
        new SourcesExhausted(Now, 5),
        new HostOpening(Now, Target),
        new HostReady(Now, Target, RelayRole.Mirror, Took),
        new SourceScanned(Now, Source, 10_000, 5L << 32),
        new TopologyChosen(Now, new Topology(TopologyKind.Chain, 4)),
        new TopologyChosen(Now, Topology.Auto),
        new HostLinked(Now, 9, Source, Target, Route.ThroughController),
        new LinkFailed(Now, 9, Source, Target, Route.Direct, LinkFault.Unreachable, "no \"route\""),
        new HostDemoted(Now, Target, 1.25e6, 12.5e6),
        new HostStalled(Now, Target, Took),
        new HostExcluded(Now, Target, "it spoilt three pieces"),
        new HostScanned(Now, Target, new Need(3, 5L << 32, 7, 2)),
        new HostProgressed(Now, Source, new HostProgress(1, 2, 3, [new ChildProgress(9, Target, 4, 5, 6)]) { Burst = 12.5e6 }),
        new SourceReplaced(Now, Source, Target),
        new HostLost(Now, Target, Failure),
        new FileWarning(Now, Target, "d/世界", "it changed while it was read"),
        new RunFinished(Now, 195, 4, 1, true, Took),
    ];
}
