namespace TreePush.Cli.Output.Console;

/// <summary>The terminal that the live view is drawn on and that is typed on.</summary>
internal interface ITerminal
{
    TextWriter Output { get; }

    /// <summary>In characters.</summary>
    int Width { get; }

    /// <summary>In lines.</summary>
    int Height { get; }

    /// <summary>Whether this program may draw and read keys now; see <see cref="Foreground"/>.</summary>
    bool IsOurs();

    /// <returns>A key that was pressed; null where none was.</returns>
    ConsoleKeyInfo? ReadKey();
}
