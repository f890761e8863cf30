using TreePush.Engine.Syncing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>Who gives the relay to whom.</summary>
public sealed class RelaySupplyTests
{
    private const string Program = "x64";

    private readonly RelaySupply _supply = new();

    [Fact]
    public void Two_get_it_from_here_and_the_others_wait_for_hosts_that_have_it()
    {
        var (first, second, third) = (Ask(), Ask(), Ask());
        (From(first.Task), From(second.Task)).Should().Be(("here", "here"));
        third.Task.IsCompleted.Should().BeFalse();
        _supply.Add(Peer("a"));
        From(third.Task).Should().Be("a");
    }

    [Fact]
    public void Host_hands_it_to_one_at_a_time_and_nothing_leaves_here_any_more()
    {
        _supply.Add(Peer("a"));
        var (first, second) = (Ask(), Ask());
        From(first.Task).Should().Be("a");
        second.Task.IsCompleted.Should().BeFalse();
        first.Lease.Worked = true;
        first.Lease.Dispose();
        From(second.Task).Should().Be("a");
    }

    [Fact]
    public void Host_that_gave_nothing_is_asked_no_more()
    {
        _supply.Add(Peer("a"));
        Ask().Lease.Dispose();
        From(Ask().Task).Should().Be("here");
    }

    [Fact]
    public void Hosts_that_do_not_reach_each_other_all_get_it_from_here()
    {
        foreach (string name in new[] { "a", "b", "c", "d" }) _supply.Add(Peer(name));
        for (int i = 0; i < 3; i++) Ask().Lease.Dispose();
        From(Ask().Task).Should().Be("here");
    }

    [Fact]
    public async Task Attempt_that_is_made_again_gives_back_what_the_first_one_had()
    {
        using var lease = _supply.NewLease();
        for (int attempt = 0; attempt < 3; attempt++) From(lease.TakeAsync(Program, CancellationToken.None)).Should().Be("here");
        (await _supply.NewLease().TakeAsync(Program, CancellationToken.None)).Should().BeNull("one place is left");
        Ask().Task.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Whoever_stops_waiting_keeps_nobody_else_waiting()
    {
        var (first, _) = (Ask(), Ask());
        using var stop = new CancellationTokenSource();
        var impatient = _supply.NewLease();
        var waiting = impatient.TakeAsync(Program, stop.Token);
        var patient = Ask();
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
        impatient.Dispose();
        first.Lease.Dispose();
        From(patient.Task).Should().Be("here");
    }

    [Fact]
    public void Host_of_another_platform_is_never_asked()
    {
        _supply.Add(Peer("a"));
        From(Ask("arm64").Task).Should().Be("here");
        _supply.Add(Peer("b", "arm64"));
        (From(Ask("arm64").Task), From(Ask().Task)).Should().Be(("b", "a"));
    }

    private static string From(Task<RelayPeer?> granted)
    {
        granted.Wait(TimeSpan.FromSeconds(30)).Should().BeTrue("a supplier is free");
        return granted.GetAwaiter().GetResult()?.Places[0] ?? "here";
    }

    private static RelayPeer Peer(string name, string program = Program) => new(program, [name], new byte[32]);

    private (RelaySupply.Lease Lease, Task<RelayPeer?> Task) Ask(string program = Program)
    {
        var lease = _supply.NewLease();
        return (lease, lease.TakeAsync(program, CancellationToken.None));
    }
}
