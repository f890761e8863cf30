using TreePush.Cli.Output.Html;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Tests.Output;

public sealed class PushReportFoldTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Failure Refused = new(FailureKind.TargetUnreachable, "b can't be reached", "is sshd running there?", 255) { Tail = ["Connection refused", "exit 12"] };
    private static readonly HostName S = new("s"), A = new("a"), B = new("b");

    [Fact]
    public void Host_served_by_a_served_host_is_one_round_further_from_the_source()
    {
        var data = Fold(Started(1, S, A), Done(1, S, A, at: 5), Started(2, A, B, at: 5), Done(2, A, B, at: 9));

        Host(data, "s").Should().BeEquivalentTo(new ReportHost("s", HostOutcome.Source));
        Host(data, "a").Should().BeEquivalentTo(new ReportHost("a", HostOutcome.Served, From: 0, Round: 1));
        Host(data, "b").Should().BeEquivalentTo(new ReportHost("b", HostOutcome.Served, From: 1, Round: 2));
        data.Counts.Rounds.Should().Be(2);
    }

    [Fact]
    public void Transfer_keeps_its_source_its_attempt_and_its_times_in_seconds_from_the_start()
    {
        var data = Fold(Started(1, S, A, at: 1.25, attempt: 3), Done(1, S, A, at: 5.5));

        data.Transfers.Should().Equal(new ReportTransfer(0, 1, 3, 1.25) { End = 5.5 });
    }

    [Fact]
    public void Host_that_was_given_up_has_its_last_source_and_the_reason()
    {
        var data = Fold(Started(1, S, B), Failed(1, S, B, at: 2, counted: true), new TargetFailed(At(2), B, S, 1, TimeSpan.FromSeconds(2), Refused));

        Host(data, "b").Should().BeEquivalentTo(new ReportHost("b", HostOutcome.Failed, From: 0, Failure: 0));
        data.Failures.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new ReportFailure(FailureKind.TargetUnreachable, "b can't be reached", "is sshd running there?", 255, ["Connection refused", "exit 12"]));
        data.Counts.Should().BeEquivalentTo(new { Targets = 3, Served = 0, Failed = 1, NotTried = 2 });
    }

    [Fact]
    public void Failure_that_was_laid_on_its_source_is_marked_so()
    {
        var data = Fold(Started(1, S, B), Failed(1, S, B, at: 2, counted: false), new TargetRequeued(At(2), B, S), Started(2, A, B, at: 2), Done(2, A, B, at: 4));

        data.Transfers.Select(t => t.Excused).Should().Equal(true, null);
        Host(data, "b").Outcome.Should().Be(HostOutcome.Served);
    }

    [Fact]
    public void Source_that_was_set_aside_shows_when_it_was_back()
    {
        var data = Fold(new SourceSetAside(At(3), A, Refused, null), new SourceSetAside(At(4), B, Refused, null), new SourceRestored(At(8), A));

        data.SetAside.Should().Equal(new ReportSetAside(1, 3, 0, Restored: 8), new ReportSetAside(2, 4, 0));
    }

    [Fact]
    public void Resumed_run_counts_what_was_served_before()
    {
        var data = SimulatedRun.Of(10, served: [new HostName("web00001.dc1.example"), new HostName("web00002.dc2.example")]).Data();

        data.Counts.Should().BeEquivalentTo(new { Targets = 10, Served = 10, ServedBefore = 2, Failed = 0, NotTried = 0 });
        data.Transfers.Should().HaveCount(8);
    }

    [Fact]
    public void Counts_of_a_troubled_run_are_those_of_its_last_event()
    {
        var run = SimulatedRun.Of(300, new SimulatedNetwork { DeadTargets = 0.1, BadSources = 0.05, Flapping = 0.05 }, retries: 1);
        var end = run.Events.OfType<RunFinished>().Single();

        run.Data().Counts.Should().BeEquivalentTo(new { Served = end.Succeeded, end.Failed, end.NotTried });
    }

    private static ReportData Fold(params RunEvent[] events)
    {
        var request = new RunRequest { Run = "r", Command = "true", Sources = [new Host("s")], Targets = [new Host("a"), new Host("b"), new Host("c")], Work = new PushWork() };
        var fold = new PushReportFold(request, new PushWork(), new HashSet<HostName>());
        fold.OnEvent(new RunStarted(Start, "1", "r", JobKind.Push, "true", 1, 3, 0, false));
        foreach (var happened in events) fold.OnEvent(happened);
        return fold.Result(0);
    }

    private static ReportHost Host(ReportData data, string name) => data.Hosts.Single(h => h.Name == name);

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private static TransferStarted Started(int transfer, HostName source, HostName target, double at = 0, int attempt = 1) =>
        new(At(at), transfer, source, target, attempt);

    private static TransferSucceeded Done(int transfer, HostName source, HostName target, double at) =>
        new(At(at), transfer, source, target, 1, TimeSpan.FromSeconds(at));

    private static TransferFailed Failed(int transfer, HostName source, HostName target, double at, bool counted) =>
        new(At(at), transfer, source, target, 1, TimeSpan.FromSeconds(at), Refused, counted, null);
}
