using TreePush.Cli.Output.Queueing;

namespace TreePush.Cli.Tests.Output.Queueing;

public sealed class TaskScreenTests : IDisposable
{
    private static readonly TaskChange Finished = new HostFinished(ImaginedTask.Start, "t", "a2", "a1", 1, 5000);
    private static readonly TaskChange Failed = new HostFailed(ImaginedTask.Start, "t", "a6", "a1", 3, "the disk is full");

    private readonly FakeTerminal _terminal = new();
    private readonly StringWriter _output = new();

    [Fact]
    public void Plain_lines_are_told_at_once()
    {
        using var screen = Screen(live: false);
        screen.Tell(Finished);
        _terminal.Text.Should().EndWith("a1 → a2 finished in 5.0 s\n").And.NotContain("\e");
        screen.Draw(ImaginedTask.Picture);
        _terminal.Text.Should().NotContain("━");
    }

    [Fact]
    public void Lines_stay_above_the_live_view_which_goes_at_the_end()
    {
        var screen = Screen(live: true);
        screen.Tell(Finished);
        screen.Draw(ImaginedTask.Picture);
        _terminal.Text.Should().Contain("a1 → a2 finished").And.Contain("━");
        int drawn = _terminal.Text.Length;
        screen.Dispose();
        _terminal.Text[drawn..].Should().NotContain("━").And.EndWith("\e[J");
    }

    [Fact]
    public void A_line_that_was_told_after_the_last_picture_is_not_lost()
    {
        var screen = Screen(live: true);
        screen.Tell(Failed);
        screen.Dispose();
        _terminal.Text.Should().Contain("a6 FAILED");
    }

    [Fact]
    public void Quiet_tells_failures_alone_and_json_everything()
    {
        using var screen = new TaskScreen(new TaskScreenOptions(Live: false, Json: true, Quiet: true), _terminal, _output);
        screen.Tell(Finished);
        screen.Tell(Failed);
        _terminal.Text.Should().Contain("FAILED").And.NotContain("finished");
        _output.ToString().Should().Contain("host_finished").And.Contain("host_failed");
    }

    public void Dispose() => _output.Dispose();

    private TaskScreen Screen(bool live) => new(new TaskScreenOptions(live, Json: false, Quiet: false), _terminal, _output);
}
