using TreePush.Core.Queueing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing.Redis;

public sealed class RedisTaskStoreTests : OnRedis
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [RedisFact]
    public async Task Waiting_host_is_woken_when_a_slot_is_free()
    {
        var task = await Store.SubmitAsync(Stores.Draft, default);
        (await Store.ClaimAsync(task.Id, "a", null, default)).Result.Should().Be(ClaimResult.Waiting);
        var woken = Store.WaitAsync("a", Long, default);
        await using (var other = Stores.Open(Server)) await other.OfferAsync(task.Id, "s", null, default);
        await woken.WaitAsync(TimeSpan.FromSeconds(30));
        (await Store.ClaimAsync(task.Id, "a", null, default)).Claim!.Source.Should().Be("s");
    }

    [RedisFact]
    public async Task Slot_that_became_free_before_the_wait_is_not_missed()
    {
        var task = await Store.SubmitAsync(Stores.Draft, default);
        await Store.ClaimAsync(task.Id, "a", null, default);
        await Store.OfferAsync(task.Id, "s", null, default);
        await Store.WaitAsync("a", Long, default).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [RedisFact]
    public async Task Idle_host_is_woken_by_a_new_task_and_by_the_end_of_one()
    {
        await Store.WaitAsync("a", TimeSpan.Zero, default);
        var woken = Store.WaitAsync("a", Long, default);
        await using var other = Stores.Open(Server);
        var task = await other.SubmitAsync(Stores.Draft, default);
        await woken.WaitAsync(TimeSpan.FromSeconds(30));
        woken = Store.WaitAsync("a", Long, default);
        await other.CancelAsync(task.Id, default);
        await woken.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [RedisFact]
    public async Task Wait_that_nobody_ends_is_over_in_time() =>
        await Store.WaitAsync("a", TimeSpan.FromMilliseconds(10), default).WaitAsync(TimeSpan.FromSeconds(30));

    [RedisFact]
    public async Task Two_tasks_go_on_side_by_side()
    {
        var first = await Store.SubmitAsync(Stores.Draft, default);
        var second = await Store.SubmitAsync(Stores.Draft with { Path = "/data/g" }, default);
        (await Store.OpenTasksAsync(default)).Should().BeEquivalentTo([first, second]);
        await Store.OfferAsync(first.Id, "s", null, default);
        (await Store.ClaimAsync(first.Id, "a", null, default)).Result.Should().Be(ClaimResult.Granted);
        (await Store.ClaimAsync(second.Id, "a", null, default)).Result.Should().Be(ClaimResult.Waiting);
    }

    [RedisFact]
    public async Task Task_submitted_twice_is_one()
    {
        var first = await Store.SubmitAsync(Stores.Draft, default);
        await Store.OfferAsync(first.Id, "s", null, default);
        (await Store.SubmitAsync(Stores.Draft with { Slots = 9 }, default)).Should().Be(first);
        (await Store.ListAsync(default)).Should().Equal(new TaskSummary(first, TaskState.Open, 1, 0, 0, 0));
    }

    [RedisFact]
    public async Task New_content_of_a_path_ends_the_task_of_the_old_one()
    {
        var old = await Store.SubmitAsync(Stores.Draft, default);
        var task = await Store.SubmitAsync(Stores.Draft with { Sha256 = new string('b', 64) }, default);
        (await Store.OpenTasksAsync(default)).Should().Equal(task);
        (await Store.ViewAsync(old.Id, default))!.State.Should().Be(TaskState.Cancelled);
        await Store.SubmitAsync(Stores.Draft, default);
        (await Store.OpenTasksAsync(default)).Should().Equal(old);
    }

    [RedisFact]
    public async Task Cancelled_task_ends_what_runs()
    {
        var task = await Store.SubmitAsync(Stores.Draft, default);
        await Store.OfferAsync(task.Id, "s", null, default);
        var claim = (await Store.ClaimAsync(task.Id, "a", null, default)).Claim!;
        (await Store.CancelAsync(task.Id, default)).Should().BeTrue();
        (await Store.RenewAsync(task.Id, "a", claim.Token, default)).Should().BeFalse();
        (await Store.OpenTasksAsync(default)).Should().BeEmpty();
        (await Store.CancelAsync("nothing", default)).Should().BeFalse();
    }

    [RedisFact]
    public async Task Late_joiner_pulls_from_those_who_finished()
    {
        var task = await Store.SubmitAsync(Stores.Draft, default);
        await Store.OfferAsync(task.Id, "s", "east", default);
        var claim = (await Store.ClaimAsync(task.Id, "a", "west", default)).Claim!;
        (await Store.FinishAsync(task.Id, "a", claim.Token, default)).Should().BeTrue();
        (await Store.ClaimAsync(task.Id, "late", "west", default)).Claim!.Source.Should().Be("a");
        var late = (await Store.ViewAsync(task.Id, default))!.Hosts.Single(h => h.Name == "late");
        late.Should().Match<TaskHost>(h => h.Progress == HostProgress.Running && h.Source == "a" && h.Zone == "west" && h.Attempts == 1);
    }

    [RedisFact]
    public async Task Task_that_is_not_there_is_told_as_such()
    {
        (await Store.ClaimAsync("nothing", "a", null, default)).Result.Should().Be(ClaimResult.Unknown);
        (await Store.RenewAsync("nothing", "a", 1, default)).Should().BeFalse();
        (await Store.ViewAsync("nothing", default)).Should().BeNull();
        await Store.OfferAsync("nothing", "a", null, default);
        (await Server.AskAsync(["keys", "*nothing*"])).Should().BeEmpty();
    }

    [RedisFact]
    public async Task Agents_are_known_with_zone_and_version()
    {
        await Store.ReportAsync("b", null, default);
        await Store.ReportAsync("a", "east", default);
        var agents = await Store.AgentsAsync(default);
        agents.Select(a => (a.Name, a.Zone)).Should().Equal(("a", "east"), ("b", null));
        agents.Should().HaveCount(2).And.OnlyContain(a => a.Version.Length > 0 && a.Seen > DateTimeOffset.UnixEpoch);
    }

    [RedisFact]
    public async Task Fleets_with_prefixes_of_their_own_know_nothing_of_each_other()
    {
        await using var other = Stores.Open(Server, o => o with { Prefix = "other" });
        var task = await other.SubmitAsync(Stores.Draft, default);
        (await Store.OpenTasksAsync(default)).Should().BeEmpty();
        (await other.OpenTasksAsync(default)).Should().Equal(task);
        (await Server.AskAsync(["keys", "*"])).Split('\n').Should().NotBeEmpty().And.OnlyContain(key => key.StartsWith("other:") || key.StartsWith("{other:"));
    }

    [RedisFact]
    public async Task Store_works_again_on_a_server_that_was_restarted_empty()
    {
        await Store.SubmitAsync(Stores.Draft, default);
        await Server.StopAsync();
        await Server.StartEmptyAsync();
        TaskSpec? again = null;
        for (int attempt = 0; again is null && attempt < 100; attempt++) again = await Trying.OnceAsync(() => Store.SubmitAsync(Stores.Draft, default));
        (await Store.OpenTasksAsync(default)).Should().Equal(again!);
    }

    [RedisFact]
    public async Task Host_that_waits_looks_again_after_a_lost_connection()
    {
        await Store.WaitAsync("a", TimeSpan.Zero, default);
        var woken = Store.WaitAsync("a", Long, default);
        await Server.KillAsync();
        await Server.StartAgainAsync();
        await woken.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
