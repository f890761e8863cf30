using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Tests.Pushing;

public sealed class PushRunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Temporary _temporary = new();

    [Fact]
    public async Task A_retry_is_not_forgotten_when_its_timer_goes_off_too_early()
    {
        using var push = Push(new ScriptedHost(1, 0), new EarlyTime(), retries: 1);
        (await push.RunAsync()).Succeeded.Should().Be(1);
    }

    [Fact]
    public async Task A_fault_of_a_driver_ends_the_run_and_is_told()
    {
        using var push = Push(new ScriptedHost());
        var run = push.RunAsync;
        await run.Should().ThrowAsync<InvalidOperationException>();
    }

    /// <summary>The user presses ^C again and again while the transfers end: some are cancelled that have just ended.</summary>
    [Fact]
    public async Task Hundreds_of_transfers_are_ended_at_once()
    {
        const int many = 500;
        var host = new EndlessHost();
        using var push = Push(host, targets: many, slots: many);
        var stop = () => push.Controls.Stop(kill: true);
        host.Started = started => { if (started == many) stop(); };
        host.Ended = ended => { if (ended % 10 == 0) stop(); };
        (await push.RunAsync()).Should().BeEquivalentTo(new { Succeeded = 0, Failed = many, Interrupted = true });
    }

    [Fact]
    public async Task A_transfer_whose_log_can_not_be_written_fails_and_the_others_go_on()
    {
        using var push = Push(new ScriptedHost(0), targets: 2);
        Directory.CreateDirectory(Path.Combine(push.Folder.Path, "target1_from_a.log"));
        (await push.RunAsync()).Should().BeEquivalentTo(new { Succeeded = 1, Failed = 1 });
        push.Seen.OfType<TransferFailed>().Should().ContainSingle().Which.Failure.Should().BeEquivalentTo(new { Kind = FailureKind.LogNotWritable });
    }

    public void Dispose() => _temporary.Dispose();

    private RunningPush Push(IRemoteHostDriver driver, TimeProvider? time = null, int retries = 0, int targets = 1, int slots = 1)
    {
        var request = new RunRequest
        {
            Run = "20260301-120000-ffff",
            Command = "true",
            Sources = [new Host("a")],
            Targets = [.. Enumerable.Range(1, targets).Select(n => new Host($"target{n}"))],
            Work = new PushWork { Slots = slots, Retries = retries, MaxTransfers = targets },
        };
        return new RunningPush(RunFolder.Create(_temporary["logs"], request), driver, time ?? TimeProvider.System);
    }

    private sealed class RunningPush(RunFolder folder, IRemoteHostDriver driver, TimeProvider time) : IRunObserver, IDisposable
    {
        public RunFolder Folder => folder;

        public RunControls Controls { get; } = new();

        public List<RunEvent> Seen { get; } = [];

        public void OnEvent(RunEvent happened) => Seen.Add(happened);

        public async Task<RunFinished> RunAsync() =>
            (await new Runner(driver, time).RunAsync(folder.Request, [this], folder, Controls, CancellationToken.None).WaitAsync(Patience)).Finished;

        public void Dispose() => folder.Dispose();
    }
}
