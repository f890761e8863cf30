using TreePush.Core.Hosts;

namespace TreePush.Cli.Output.Console;

/// <summary>
/// Messages on standard error, always in the same form: <c>treepush: what</c>, then <c>hint: what to do</c>. Standard
/// output is for results only. Colours are used only on a terminal, and never with NO_COLOR.
/// </summary>
internal static class Messages
{
    public static bool IsTerminal { get; } = !System.Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");

    public static bool HasColours { get; } = IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static void Error(string what, string? hint = null) => Write("31", "treepush: " + what, hint);

    public static void Warning(string what, string? hint = null) => Write("33", "treepush: warning: " + what, hint);

    private static void Write(string colour, string what, string? hint)
    {
        string line = DisplayText.Line(what, 2000);
        System.Console.Error.WriteLine(HasColours ? $"\e[{colour}m{line}\e[0m" : line);
        if (hint is not null) System.Console.Error.WriteLine("  hint: " + DisplayText.Line(hint, 2000));
    }
}
