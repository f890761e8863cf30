using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.Output;

/// <summary>A fault of the live view costs the view alone.</summary>
public sealed class LiveScreenTests
{
    private static readonly Failure Failure = new(FailureKind.CommandFailed, "the disk is full");
    private readonly FakeTerminal _terminal = new();
    private readonly PushTally _tally = new();

    [Fact]
    public async Task Fault_while_drawing_is_told_and_plain_lines_follow()
    {
        await using var screen = Open();
        await Wait.UntilAsync(() => _terminal.Text.Length > 0, Patience.Usual, () => "nothing was drawn");
        _terminal.Fault = new InvalidOperationException("no such column");
        await Wait.UntilAsync(() => _terminal.Text.Contains("no such column", StringComparison.Ordinal), Patience.Usual, () => _terminal.Text);
        screen.OnEvent(Failed("h1"));
        await screen.DisposeAsync();
        _terminal.Text.Should().Contain("warning: the live view failed").And.Contain("h1 FAILED");
    }

    [Fact]
    public async Task Fault_of_the_last_picture_loses_no_line()
    {
        var screen = Open();
        await Wait.UntilAsync(() => _terminal.Text.Length > 0, Patience.Usual, () => "nothing was drawn");
        _terminal.Fault = new IOException("the terminal is gone");
        screen.Debug("a last line");
        await screen.DisposeAsync();
        _terminal.Text.Should().Contain("a last line");
    }

    private LiveScreen Open()
    {
        var screen = new LiveScreen(new PushView(_tally), _terminal);
        screen.Start(_ => []);
        return screen;
    }

    private static TargetFailed Failed(string target) => new(DateTimeOffset.UnixEpoch, new HostName(target), new HostName("s"), 1, default, Failure);
}
