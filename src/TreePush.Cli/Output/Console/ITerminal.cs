namespace TreePush.Cli.Output.Console;

/// <summary>The terminal of the live view and its command line.</summary>
internal interface ITerminal
{
    TextWriter Output { get; }

    /// <summary>In characters.</summary>
    int Width { get; }

    /// <summary>In lines.</summary>
    int Height { get; }

    /// <summary>Whether this program may draw and read keys now; see <see cref="Foreground"/>.</summary>
    bool IsOurs();

    /// <returns>The next key that was pressed; null if there is none.</returns>
    ConsoleKeyInfo? ReadKey();
}
