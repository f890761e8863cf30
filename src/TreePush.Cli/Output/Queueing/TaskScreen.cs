using TreePush.Cli.Output.Console;

namespace TreePush.Cli.Output.Queueing;

/// <summary>
/// Shows a task that is followed: as a live view with the changes above it on a terminal, as plain lines or JSON elsewhere. Nothing
/// else may write to the terminal meanwhile.
/// </summary>
internal sealed class TaskScreen : IDisposable
{
    private readonly TextWriter _output;
    private readonly LiveRegion? _region;
    private readonly ITerminal _terminal;
    private readonly TaskScreenOptions _options;
    private readonly List<string> _waiting = [];
    private bool _isClosed;

    /// <param name="output">Gets JSON.</param>
    public TaskScreen(TaskScreenOptions options, ITerminal terminal, TextWriter output)
    {
        (_options, _terminal, _output) = (options, terminal, output);
        _region = options.Live ? new LiveRegion(terminal.Output, Messages.HasColours) : null;
    }

    public static TaskScreen Open(bool json, bool quiet, bool noLive) => new(
        new TaskScreenOptions(Messages.IsTerminal && !noLive && !quiet && !json && Foreground.IsOurs(), json, quiet), new SystemTerminal(), System.Console.Out);

    public bool IsLive => _region is not null;

    /// <summary>Tells what has changed.</summary>
    public void Tell(TaskChange change)
    {
        if (_options.Json)
        {
            _output.WriteLine(TaskJson.Write(change));
            _output.Flush();
        }

        bool isTold = TaskLines.IsTrouble(change) || !_options.Quiet;
        if (isTold && TaskLines.Of(change) is { } line) Say(line, change.Time);
    }

    /// <summary>Tells something that is no change of the task.</summary>
    public void Say(string line, DateTimeOffset time)
    {
        string told = $"{time.ToLocalTime():HH:mm:ss} {line}";
        if (_region is null) _terminal.Output.WriteLine(told);
        else _waiting.Add(told);
    }

    /// <summary>Draws the task as it is now, if the view is live.</summary>
    public void Draw(TaskPicture picture) => Draw(TaskFrame.Of(picture, _terminal.Width, _terminal.Height));

    /// <summary>Removes the live view, and prints what still waits.</summary>
    public void Dispose()
    {
        if (!_isClosed) Draw([]);
        _isClosed = true;
    }

    private void Draw(IReadOnlyList<Line> frame)
    {
        // In the background the terminal is another program's; the lines wait.
        if (_region is null || frame.Count > 0 && !_terminal.IsOurs()) return;
        _region.Draw(_waiting, frame, _terminal.Width);
        _waiting.Clear();
    }
}
