using TreePush.Cli.Output.Queueing;
using TreePush.Core.Queueing;

namespace TreePush.Cli.Tests.Output.Queueing;

public sealed class TaskTextTests
{
    [Fact]
    public void A_task_is_told_with_its_counts_its_tree_and_its_failures() => TaskText.Whole(ImaginedTask.Picture).Skip(1).Should().Equal(
        "3 of 7 hosts finished, 1 running, 2 waiting, 1 failed",
        "16.8 Mbit/s in all, about 16.0 s left",
        "  a1  had the file, serves 1",
        "    a2  in 10.0 s, serves 1",
        "      a4  running for 4.0 s",
        "    a3  in 10.0 s, attempt 2",
        "waiting (2): a[5,7]",
        "failed (1): a6",
        "  a6: the disk is full (from a1, 3 attempts)");

    [Fact]
    public void The_first_line_names_the_file_and_its_size() => TaskText.Whole(ImaginedTask.Picture).First().Should().StartWith("task 3f2a9c1b77d0: /data1/f, 10 MiB, open, submitted 2026-11-27 ");

    [Fact]
    public void An_agent_that_has_been_silent_for_long_is_not_waited_for()
    {
        var agents = ImaginedTask.Agents.Select(a => a.Name is "a5" or "a7" ? a with { Seen = ImaginedTask.Start.AddHours(-1) } : a).ToList();
        var picture = new TaskPicture(ImaginedTask.View, agents);
        picture.Waiting.Should().BeEmpty();
        picture.Silent.Should().Equal("a5");
        TaskText.Ends(picture).Should().Contain("silent, no report of the agent for 10 min (1): a5");
    }

    [Fact]
    public void A_task_is_over_when_nobody_runs_or_waits()
    {
        var hosts = ImaginedTask.View.Hosts.Where(h => h.Progress is HostProgress.Finished or HostProgress.Failed).ToList();
        new TaskPicture(ImaginedTask.View with { Hosts = hosts }, []).IsOver.Should().BeTrue();
        ImaginedTask.Picture.IsOver.Should().BeFalse();
        new TaskPicture(ImaginedTask.View with { State = TaskState.Cancelled }, ImaginedTask.Agents).IsOver.Should().BeTrue();
        new TaskPicture(ImaginedTask.View with { Hosts = [] }, []).IsOver.Should().BeFalse("the first agent may yet come");
    }

    [Fact]
    public void What_hosts_say_can_not_break_a_terminal()
    {
        TaskHost[] hosts = [ImaginedTask.Host("a\e[2J", HostProgress.Finished) with { Zone = "z\u202e" }, ImaginedTask.Host("b\n", HostProgress.Failed) with { Reason = "no\r\nspace" }];
        var picture = new TaskPicture(new TaskView(ImaginedTask.Spec with { Path = "/d\a" }, TaskState.Open, hosts, ImaginedTask.Start), []);
        var lines = TaskText.Whole(picture).Concat(TaskFrame.Of(picture, 80, 24).Select(l => l.Show(80, colours: false))).ToList();
        lines.Should().NotBeEmpty().And.OnlyContain(l => l.All(c => !char.IsControl(c) && c != '\u202e'));
    }

    [Fact]
    public void A_table_has_a_row_for_each_task() =>
        TaskSheet.Of([new TaskSummary(ImaginedTask.Spec, TaskState.Cancelled, 3, 1, 1, 2)]).Rows.Should().ContainSingle()
            .Which.Cells.Should().HaveCount(9).And.ContainInOrder("3f2a9c1b77d0", "/data1/f", "10 MiB", "cancelled", "3", "1", "2", "1");
}
