using System.Collections.Concurrent;
using TreePush.Cli.Commands;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Cli.Output.Console;

/// <summary>
/// The live view: how far the run is, what runs, and a line to type commands on; what went wrong scrolls by above it. One
/// task draws it and reads the keys, so that nothing else writes to the terminal meanwhile.
/// </summary>
internal sealed class LiveScreen : Screen
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(400);

    private readonly PushTally _tally;
    private readonly LiveRegion _region = new(System.Console.Error, Messages.HasColours);
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly PlainOutput _plain;
    private readonly CommandLine _typed = new();
    private readonly CancellationTokenSource _closing = new();
    private bool _terminalIsGone;
    private Task _drawing = Task.CompletedTask;

    public LiveScreen(PushTally tally)
    {
        _tally = tally;
        _plain = new PlainOutput(new QueueWriter(_lines), tally, quiet: true);
    }

    public override void Notice(RunEvent happened) => _plain.Notice(happened);

    public override void Debug(string line) => _lines.Enqueue(DisplayText.Line(line, 4000));

    public override void Start(Action<PushInput> post) => _drawing = DrawAsync(post);

    public override async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested) return;
        await _closing.CancelAsync();
        await _drawing;
        _closing.Dispose();
    }

    private async Task DrawAsync(Action<PushInput> post)
    {
        await Task.Yield();
        long? drawn = null;
        while (!_closing.IsCancellationRequested)
        {
            bool isOurs = Foreground.IsOurs();
            bool typed = isOurs && ReadKeys(post);
            if (!isOurs) drawn = TimeProvider.System.GetTimestamp();
            else if (typed || !_lines.IsEmpty || drawn is null || TimeProvider.System.GetElapsedTime(drawn.Value) >= Redraw)
            {
                _region.Draw(TakeLines(), Frame(), System.Console.WindowWidth);
                drawn = TimeProvider.System.GetTimestamp();
            }

            await Task.Delay(Tick, CancellationToken.None);
        }

        _region.Draw(TakeLines(), [], System.Console.WindowWidth);
    }

    private List<Line> Frame()
    {
        lock (_tally) return LiveFrame.Of(_tally, _typed.Text, DateTimeOffset.UtcNow, System.Console.WindowWidth, System.Console.WindowHeight);
    }

    private List<string> TakeLines()
    {
        var lines = new List<string>();
        while (_lines.TryDequeue(out string? line)) lines.Add(line);
        return lines;
    }

    private bool ReadKeys(Action<PushInput> post)
    {
        bool any = false;
        while (!_closing.IsCancellationRequested && !_terminalIsGone && !System.Console.IsInputRedirected && System.Console.KeyAvailable)
        {
            any = true;
            var key = System.Console.ReadKey(intercept: true);
            // A terminal that was closed has keys for ever, and all of them are none.
            if (key.KeyChar == '\0' && key.Key == default) _terminalIsGone = true;
            else if (_typed.Take(key) is { } text) Execute(text.Trim(), post);
        }

        return any;
    }

    private void Execute(string text, Action<PushInput> post)
    {
        if (text.Length == 0) return;
        _lines.Enqueue("> " + text);
        PushInput? input;
        lock (_tally)
        {
            input = TypedCommand.Parse(text, _tally.Stopping is not null);
            if (text == "show") Tell(ShowLines.Of(_tally, DateTimeOffset.UtcNow));
        }

        if (input is not null) post(input);
        else if (text != "show") Tell(text == "help" ? TypedCommand.Help : [$"there is no command '{text}'", .. TypedCommand.Help]);
    }

    private void Tell(IEnumerable<string> lines)
    {
        foreach (string line in lines) _lines.Enqueue("  " + line);
    }
}
