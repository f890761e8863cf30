using TreePush.Core.Queueing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing.Redis;

/// <summary>The task that somebody starts with redis-cli, and watches there.</summary>
public sealed class PlainTaskTests : OnRedis
{
    private const string Id = TaskSpec.PlainId, Path = "/data1/f";

    [RedisFact]
    public async Task Article_s_steps_read_in_redis_cli_as_it_shows_them()
    {
        foreach (string host in (string[])["s", "a", "b"]) await Store.ReportAsync(host, null, default);
        (await Store.PlainPathAsync(default)).Should().BeNull();
        (await Ask("set", "task", Path)).Should().Be("OK");
        (await Store.PlainPathAsync(default)).Should().Be(Path);

        var task = (await Store.AdoptAsync(Stores.Draft with { Path = Path }, default))!;
        task.Id.Should().Be(Id);
        (await Store.AdoptAsync(Stores.Draft with { Path = Path }, default)).Should().BeNull("another agent was first");
        (await Store.PlainPathAsync(default)).Should().BeNull();
        (await Store.OpenTasksAsync(default)).Should().Equal(task);
        await Store.OfferAsync(Id, "s", null, default);
        (await Ask("get", "lookup")).Should().Be("1");
        await ShouldReadAsync(free: "s", running: "", finished: "s");

        var a = (await Store.ClaimAsync(Id, "a", null, default)).Claim!;
        await ShouldReadAsync(free: "", running: "a", finished: "s");
        (await Store.ClaimAsync(Id, "b", null, default)).Result.Should().Be(ClaimResult.Waiting);
        await Store.FinishAsync(Id, "a", a.Token, default);
        await ShouldReadAsync(free: "a\ns", running: "", finished: "a\ns");

        var b = (await Store.ClaimAsync(Id, "b", null, default)).Claim!;
        await Store.FinishAsync(Id, "b", b.Token, default);
        (await Ask("exists", "task", "lookup", "synchronize_queue", "running_queue", "finished_queue")).Should().Be("0", "every known agent has the file");
        (await Store.OpenTasksAsync(default)).Should().BeEmpty();
        var kept = (await Store.ListAsync(default)).Should().ContainSingle().Which;
        kept.Should().Be(new TaskSummary(task with { Id = kept.Spec.Id }, TaskState.Ended, 3, 0, 0, 0));
        (await Store.ViewAsync(kept.Spec.Id, default))!.Hosts.Select(h => (h.Name, h.Source)).Should().Equal(("a", "s"), ("b", b.Source), ("s", null));
    }

    [RedisFact]
    public async Task Task_does_not_end_before_an_agent_that_is_known()
    {
        foreach (string host in (string[])["s", "a"]) await Store.ReportAsync(host, null, default);
        await StartAsync();
        (await Ask("exists", "task")).Should().Be("1");
        await Store.OfferAsync(Id, "a", null, default);
        (await Ask("exists", "task")).Should().Be("0");
    }

    [RedisFact]
    public async Task Key_that_is_set_to_another_path_ends_the_task_before()
    {
        await StartAsync();
        var claim = (await Store.ClaimAsync(Id, "a", null, default)).Claim!;
        await Ask("set", "task", "/data1/g");
        (await Store.RenewAsync(Id, "a", claim.Token, default)).Should().BeFalse();
        (await Store.PlainPathAsync(default)).Should().Be("/data1/g");
        (await Store.AdoptAsync(Stores.Draft with { Path = "/data1/g" }, default)).Should().NotBeNull();
        await ShouldReadAsync("", "", "");
        (await Store.ListAsync(default)).Select(t => (t.Spec.Path, t.State)).Should().BeEquivalentTo([(Path, TaskState.Cancelled), ("/data1/g", TaskState.Open)]);
    }

    [RedisFact]
    public async Task Cancelled_task_leaves_no_plain_key()
    {
        await StartAsync();
        (await Store.CancelAsync(Id, default)).Should().BeTrue();
        (await Ask("exists", "task", "lookup", "synchronize_queue", "running_queue", "finished_queue")).Should().Be("0");
    }

    [RedisFact]
    public async Task Same_content_that_is_submitted_meanwhile_goes_on_as_that_task()
    {
        await StartAsync();
        var task = await Store.SubmitAsync(Stores.Draft with { Path = Path }, default);
        (await Store.OpenTasksAsync(default)).Should().Equal(task);
        (await Ask("exists", "task")).Should().Be("0");
    }

    [RedisFact]
    public async Task Key_of_another_program_is_left_alone()
    {
        await Ask("hset", "task", "a", "1");
        (await Store.PlainPathAsync(default)).Should().BeNull();
        (await Ask("hget", "task", "a")).Should().Be("1");
    }

    private async Task StartAsync()
    {
        await Ask("set", "task", Path);
        (await Store.AdoptAsync(Stores.Draft with { Path = Path }, default)).Should().NotBeNull();
        await Store.OfferAsync(Id, "s", null, default);
    }

    private async Task ShouldReadAsync(string free, string running, string finished)
    {
        (await Members("synchronize_queue")).Should().Be(free);
        (await Members("running_queue")).Should().Be(running);
        (await Members("finished_queue")).Should().Be(finished);
    }

    private async Task<string> Members(string set) => string.Join('\n', (await Ask("smembers", set)).Split('\n').Order(StringComparer.Ordinal));

    private Task<string> Ask(params string[] command) => Server.AskAsync(command);
}
