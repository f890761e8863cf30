using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
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
        var finished = await RunAsync(new ScriptedHost(1, 0), new EarlyTime(), retries: 1);
        finished.Succeeded.Should().Be(1);
    }

    [Fact]
    public async Task A_fault_of_a_driver_ends_the_run_and_is_told()
    {
        var run = () => RunAsync(new ScriptedHost(), TimeProvider.System, retries: 0);
        await run.Should().ThrowAsync<InvalidOperationException>();
    }

    public void Dispose() => _temporary.Dispose();

    private async Task<RunFinished> RunAsync(IRemoteHostDriver driver, TimeProvider time, int retries)
    {
        var request = new RunRequest
        {
            Run = "20260301-120000-ffff",
            Command = "true",
            Sources = [new Host("a")],
            Targets = [new Host("b")],
            Slots = 1,
            Retries = retries,
            MaxTransfers = 10,
        };
        using var folder = RunFolder.Create(_temporary["logs"], request);
        using var run = new PushRun(folder, new HashSet<HostName>(), driver, [], time);
        return await run.RunAsync().WaitAsync(Patience);
    }
}
