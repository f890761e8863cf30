using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Tests.Files;

/// <summary>Calls that do not return: other threads know of them, and are not held up where they need not be.</summary>
public sealed class HangingDisks : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Workplace _place = new();
    private readonly ManualResetEventSlim _goOn = new();

    [Theory]
    [InlineData("openat")]
    [InlineData("getdents64")]
    [InlineData("statx")]
    public async Task A_call_that_hangs_is_seen_by_others_until_it_returns(string hanging)
    {
        _place.Write("source/d/f", "x");
        using var watch = new Watchpoint(_place.Source, (call, _) => call == hanging ? Hang() : 0);
        var scanning = Task.Run(() => _place.Scan());
        await UntilAsync(oldest => oldest > TimeSpan.FromMilliseconds(100));
        _goOn.Set();
        await scanning.WaitAsync(Patience);
        await UntilAsync(oldest => oldest < TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_call_that_may_take_long_counts_only_after_its_time()
    {
        using (DiskClock.Enter(expected: 60_000)) DiskClock.Oldest().Should().BeLessThan(TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        _goOn.Dispose();
        _place.Dispose();
    }

    private static async Task UntilAsync(Func<TimeSpan, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo(DiskClock.Oldest())) await Task.Delay(10, patience.Token);
    }

    private int Hang()
    {
        _goOn.Wait(Patience);
        return 0;
    }
}
