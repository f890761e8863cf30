using TreePush.Cli.Output.Queueing;
using TreePush.Core.Queueing;

namespace TreePush.Cli.Tests.Output.Queueing;

public sealed class TaskFrameTests
{
    [Fact]
    public void A_small_task_is_shown_as_its_tree()
    {
        var lines = Frame(ImaginedTask.Picture, 24);
        lines[0].Should().Contain("4/7  57 %  14.0 s, about 16.0 s left");
        lines[1].Should().Be("1 running from 1 source, 2 waiting  16.8 Mbit/s in all  -m 2  1 failed");
        lines[2..].Should().Equal("  a1  had the file, serves 1", "    a2  in 10.0 s, serves 1", "      a4  running for 4.0 s", "    a3  in 10.0 s, attempt 2");
    }

    [Fact]
    public void A_large_task_is_shown_as_its_oldest_transfers()
    {
        var lines = Frame(ImaginedTask.Picture, 6);
        lines[2..].Should().Equal("  a2 → a4  running for 4.0 s");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    public void A_frame_is_never_higher_than_the_terminal(int height)
    {
        var hosts = Enumerable.Range(0, 500).Select(i => ImaginedTask.Host($"h{i}", HostProgress.Running) with { Source = "s", Since = ImaginedTask.Start }).ToList();
        var lines = Frame(new TaskPicture(ImaginedTask.View with { Hosts = hosts }, []), height);
        lines.Count.Should().BeLessThan(height);
        lines[^1].Should().MatchRegex("^  and \\d+ more$");
    }

    private static List<string> Frame(TaskPicture picture, int height) => [.. TaskFrame.Of(picture, 100, height).Select(l => l.Show(100, colours: false))];
}
