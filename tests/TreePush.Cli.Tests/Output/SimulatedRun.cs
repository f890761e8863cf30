using TreePush.Cli.Output.Html;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Tests.Output;

/// <summary>A run that never was: what was asked for and the events it led to, from a seed.</summary>
internal sealed record SimulatedRun(RunRequest Request, IReadOnlyList<RunEvent> Events)
{
    public IReadOnlySet<HostName> Served { get; init; } = new HashSet<HostName>();

    public static SimulatedRun Of(
        int targets, SimulatedNetwork? network = null, int retries = 0, IEnumerable<HostName>? served = null, Func<int, string>? name = null)
    {
        name ??= n => FormattableString.Invariant($"web{n:00000}.dc{n % 3}.example");
        var request = new RunRequest
        {
            Run = "20260801-120000-abc",
            Command = "rsync -a -e \"ssh -p $TPUSH_PORT\" /srv/app/ $TPUSH_HOST:/srv/app/",
            Sources = [new Host("origin.example")],
            Targets = [.. Enumerable.Range(1, targets).Select(n => new Host(name(n)))],
            Work = new PushWork { Retries = retries },
        };
        HashSet<HostName> before = [.. served ?? []];
        var plan = new PushPlan(request.Sources, request.Targets, new PushPolicy { Retries = retries })
        {
            Run = request.Run,
            Command = request.Command,
            Served = before,
        };
        List<RunEvent> events = [];
        new PushSimulation(plan, network ?? new SimulatedNetwork()) { Watch = (_, step, _) => events.AddRange(step.Events) }.Run();
        return new SimulatedRun(request, events) { Served = before };
    }

    /// <summary>The same run, its failures told in other words.</summary>
    public SimulatedRun Telling(Func<Failure, HostName, Failure> words) => this with
    {
        Events = [.. Events.Select(happened => happened switch
        {
            TransferFailed e => e with { Failure = words(e.Failure, e.Target) },
            TargetFailed e => e with { Failure = words(e.Failure, e.Target) },
            _ => happened,
        })],
    };

    public ReportData Data(int exitCode = 0)
    {
        var fold = new PushReportFold(Request, (PushWork)Request.Work, Served);
        foreach (var happened in Events) fold.OnEvent(happened);
        return fold.Result(exitCode);
    }

    public string Page(int exitCode = 0) => ReportPage.Build(Data(exitCode));
}
