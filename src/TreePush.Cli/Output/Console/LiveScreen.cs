using System.Collections.Concurrent;
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

    private readonly IRunView _view;
    private readonly LiveRegion _region = new(System.Console.Error, Messages.HasColours);
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly PlainOutput _plain;
    private readonly CommandLine _typed = new();
    private readonly CancellationTokenSource _closing = new();
    private bool _terminalIsGone;
    private Task _drawing = Task.CompletedTask;

    public LiveScreen(IRunView view)
    {
        _view = view;
        _plain = view.Plain(new QueueWriter(_lines), quiet: true);
    }

    public override void Notice(RunEvent happened) => _plain.Notice(happened);

    public override void Debug(string line) => _lines.Enqueue(DisplayText.Line(line, 4000));

    public override void Start(Func<string, IEnumerable<string>> execute) => _drawing = DrawAsync(execute);

    public override async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested) return;
        await _closing.CancelAsync();
        await _drawing;
        _closing.Dispose();
    }

    private async Task DrawAsync(Func<string, IEnumerable<string>> execute)
    {
        await Task.Yield();
        long? drawn = null;
        while (!_closing.IsCancellationRequested)
        {
            bool isOurs = Foreground.IsOurs();
            bool typed = isOurs && ReadKeys(execute);
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

    private IReadOnlyList<Line> Frame() => _view.Frame(_typed.Text, DateTimeOffset.UtcNow, System.Console.WindowWidth, System.Console.WindowHeight);

    private List<string> TakeLines()
    {
        var lines = new List<string>();
        while (_lines.TryDequeue(out string? line)) lines.Add(line);
        return lines;
    }

    private bool ReadKeys(Func<string, IEnumerable<string>> execute)
    {
        bool any = false;
        while (!_closing.IsCancellationRequested && !_terminalIsGone && !System.Console.IsInputRedirected && System.Console.KeyAvailable)
        {
            any = true;
            var key = System.Console.ReadKey(intercept: true);
            // A terminal that was closed has keys for ever, and all of them are none.
            if (key.KeyChar == '\0' && key.Key == default) _terminalIsGone = true;
            else if (_typed.Take(key) is { } text) Execute(text.Trim(), execute);
        }

        return any;
    }

    private void Execute(string text, Func<string, IEnumerable<string>> execute)
    {
        if (text.Length == 0) return;
        _lines.Enqueue("> " + text);
        foreach (string line in execute(text)) _lines.Enqueue("  " + line);
    }
}
