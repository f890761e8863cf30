using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Runs;

/// <summary>Runs on real hosts, started as any program would start them.</summary>
public sealed class RunnerTests(RunnerPlace place) : IClassFixture<RunnerPlace>
{
    [FleetFact]
    public async Task A_run_needs_no_folder_and_returns_who_was_served()
    {
        var result = await place.RunAsync(place.Push("stored-nowhere"));
        result.IsComplete.Should().BeTrue();
        result.Served.Should().BeEquivalentTo(place.Targets.Select(t => t.Name));
    }

    [FleetFact]
    public async Task Twenty_runs_of_both_jobs_go_on_at_once_over_the_same_connections()
    {
        var requests = Enumerable.Range(0, 20).Select(n => n % 2 == 0 ? place.Push($"at-once-{n}") : place.Sync($"at-once-{n}")).ToList();
        var results = await Task.WhenAll(requests.Select(r => place.RunAsync(r)));
        results.Should().NotBeEmpty().And.AllSatisfy(r => r.IsComplete.Should().BeTrue(string.Join("; ", r.Failed.Values)));
        for (int n = 0; n < 20; n++)
            foreach (string path in place.Copies($"at-once-{n}")) (await File.ReadAllTextAsync(path)).Should().Be(RunnerPlace.Content);
    }

    public static TheoryData<string, string> States
    {
        get
        {
            var states = new TheoryData<string, string>();
            foreach (string job in new[] { "push", "sync" })
                foreach (string state in new[] { "", nameof(RunStarted), job == "push" ? nameof(TransferStarted) : nameof(HostReady), nameof(TargetServed), nameof(RunFinished) }) states.Add(job, state);
            return states;
        }
    }

    /// <param name="state">The event at which the run is cancelled; before its start where there is none.</param>
    [FleetTheory]
    [MemberData(nameof(States))]
    public async Task A_run_that_is_cancelled_ends_and_leaves_nothing_running(string job, string state)
    {
        using var cancel = new CancellationTokenSource();
        if (state.Length == 0) await cancel.CancelAsync();
        var watcher = new Canceller(state, cancel);
        var request = job == "push" ? place.Push($"cancelled-{state}") : place.Sync($"cancelled-{state}");
        var result = await place.RunAsync(request, [watcher], cancel.Token).WaitAsync(Patience.Usual);
        (result.Finished.Succeeded + result.Finished.Failed + result.Finished.NotTried).Should().Be(place.Targets.Count);
        place.RunningRelays.Should().Be(0);
    }

    private sealed class Canceller(string state, CancellationTokenSource cancel) : IRunObserver
    {
        public void OnEvent(RunEvent happened)
        {
            if (happened.GetType().Name == state) cancel.Cancel();
        }
    }
}
