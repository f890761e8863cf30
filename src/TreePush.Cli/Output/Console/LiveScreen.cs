using System.Collections.Concurrent;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>
/// The live view: progress, running transfers, and a command line; failures scroll above it. One task draws the view and
/// reads the keys, so that nothing else writes to the terminal meanwhile. A fault in the view does not end the run: plain
/// lines follow.
/// </summary>
internal sealed class LiveScreen : Screen
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(400);

    private readonly IRunView _view;
    private readonly ITerminal _terminal;
    private readonly LiveRegion _region;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly List<string> _untold = [];
    private volatile PlainOutput _plain;
    private readonly CommandLine _typed = new();
    private readonly CancellationTokenSource _closing = new();
    private Task _drawing = Task.CompletedTask;

    public LiveScreen(IRunView view, ITerminal terminal)
    {
        (_view, _terminal) = (view, terminal);
        _region = new LiveRegion(terminal.Output, Messages.HasColours);
        _plain = view.Plain(new QueueWriter(_lines), quiet: true);
    }

    public override void OnEvent(RunEvent happened) => _plain.OnEvent(happened);

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
        try
        {
            await DrawUntilClosedAsync(execute);
        }
        catch (Exception e)
        {
            _plain = _view.Plain(new QueueWriter(_lines), quiet: false);
            _lines.Enqueue($"treepush: warning: the live view failed: {e.GetType().Name}: {DisplayText.Line(e.Message)}");
            _lines.Enqueue("  hint: the run continues with plain lines, as with --no-live; please report this defect of treepush");
            await PrintUntilClosedAsync();
        }
    }

    private async Task DrawUntilClosedAsync(Func<string, IEnumerable<string>> execute)
    {
        long? drawn = null;
        while (!_closing.IsCancellationRequested)
        {
            bool isOurs = _terminal.IsOurs();
            bool typed = isOurs && ReadKeys(execute);
            if (!isOurs) drawn = TimeProvider.System.GetTimestamp();
            else if (typed || !_lines.IsEmpty || drawn is null || TimeProvider.System.GetElapsedTime(drawn.Value) >= Redraw)
            {
                Draw(Frame());
                drawn = TimeProvider.System.GetTimestamp();
            }

            await Task.Delay(Tick, CancellationToken.None);
        }

        Draw([]);
    }

    /// <summary>Draws the waiting lines and the frame. If that fails, the lines are kept for the plain output.</summary>
    private void Draw(IReadOnlyList<Line> frame)
    {
        TakeLines();
        _region.Draw(_untold, frame, _terminal.Width);
        _untold.Clear();
    }

    private async Task PrintUntilClosedAsync()
    {
        bool isLast;
        do
        {
            isLast = _closing.IsCancellationRequested;
            TakeLines();
            foreach (string line in _untold) _terminal.Output.WriteLine(line);
            _untold.Clear();
            if (!isLast) await Task.Delay(Tick, CancellationToken.None);
        }
        while (!isLast);
    }

    private IReadOnlyList<Line> Frame() => _view.Frame(_typed.Text, DateTimeOffset.UtcNow, _terminal.Width, _terminal.Height);

    private void TakeLines()
    {
        while (_lines.TryDequeue(out string? line)) _untold.Add(line);
    }

    private bool ReadKeys(Func<string, IEnumerable<string>> execute)
    {
        bool any = false;
        while (!_closing.IsCancellationRequested && _terminal.ReadKey() is { } key)
        {
            any = true;
            if (_typed.Take(key) is { } text) Execute(text.Trim(), execute);
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
