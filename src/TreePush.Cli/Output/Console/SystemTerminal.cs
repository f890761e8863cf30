namespace TreePush.Cli.Output.Console;

/// <summary>The terminal that the program was started on.</summary>
internal sealed class SystemTerminal : ITerminal
{
    private bool _isGone;

    public TextWriter Output => System.Console.Error;

    public int Width => System.Console.WindowWidth;

    public int Height => System.Console.WindowHeight;

    public bool IsOurs() => Foreground.IsOurs();

    public ConsoleKeyInfo? ReadKey()
    {
        if (_isGone || System.Console.IsInputRedirected || !System.Console.KeyAvailable) return null;
        var key = System.Console.ReadKey(intercept: true);
        // A closed terminal reports an endless stream of empty keys.
        _isGone = key.KeyChar == '\0' && key.Key == default;
        return _isGone ? null : key;
    }
}
