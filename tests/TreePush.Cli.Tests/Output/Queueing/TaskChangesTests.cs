using System.Text.Json;
using TreePush.Cli.Output.Queueing;
using TreePush.Core.Queueing;

namespace TreePush.Cli.Tests.Output.Queueing;

public sealed class TaskChangesTests
{
    [Fact]
    public void At_the_first_look_all_that_has_happened_is_told() => Lines(null, ImaginedTask.View).Should().Equal(
        "a1 has the file",
        "a1 → a2 finished in 10.0 s",
        "a1 → a3 finished in 10.0 s (attempt 2)",
        "a6 FAILED (attempt 3): the disk is full");

    [Fact]
    public void Only_what_is_new_is_told_afterwards()
    {
        var later = ImaginedTask.View with
        {
            Hosts = [.. ImaginedTask.View.Hosts.Select(h => h.Name == "a4" ? h with { Progress = HostProgress.Finished, Ended = ImaginedTask.At(20) } : h)],
        };
        Lines(ImaginedTask.View, later).Should().Equal("a2 → a4 finished in 10.0 s");
        Lines(later, later).Should().BeEmpty();
    }

    [Fact]
    public void A_further_attempt_is_a_change()
    {
        var later = ImaginedTask.View with { Hosts = [.. ImaginedTask.View.Hosts.Select(h => h.Name == "a4" ? h with { Attempts = 2, Source = "a3" } : h)] };
        TaskChanges.Between(ImaginedTask.View, later).Should().ContainSingle().Which.Should().Be(new HostPulls(ImaginedTask.At(10), "3f2a9c1b77d0", "a4", "a3", 2));
    }

    [Fact]
    public void Changes_are_lines_of_json_that_begin_with_event_time_and_task()
    {
        string line = TaskJson.Write(new HostFinished(ImaginedTask.Start, "t", "a2", "a1", 1, 5));
        line.Should().Be("""{"event":"host_finished","time":"2026-11-27T12:00:00+00:00","task":"t","host":"a2","source":"a1","attempts":1,"ms":5}""");
    }

    [Fact]
    public void A_task_is_a_line_of_json_with_its_hosts()
    {
        using var json = JsonDocument.Parse(TaskJson.Write(ImaginedTask.Picture));
        var task = json.RootElement;
        task.GetProperty("task").GetString().Should().Be("3f2a9c1b77d0");
        task.GetProperty("state").GetString().Should().Be("open");
        task.GetProperty("waiting").GetInt32().Should().Be(2);
        task.GetProperty("left_ms").GetInt64().Should().Be(16_000);
        task.GetProperty("hosts").GetArrayLength().Should().Be(6);
        task.GetProperty("hosts")[5].GetProperty("reason").GetString().Should().Be("the disk is full");
    }

    private static IEnumerable<string?> Lines(TaskView? before, TaskView after) => TaskChanges.Between(before, after).Select(TaskLines.Of).Where(l => l is not null);
}
