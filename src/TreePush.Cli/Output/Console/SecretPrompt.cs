using System.Text;

namespace TreePush.Cli.Output.Console;

/// <summary>Asks for a secret, without echo.</summary>
internal static class SecretPrompt
{
    public static bool IsPossible => !System.Console.IsInputRedirected;

    /// <returns>The secret; null if there is no terminal, or the user pressed Esc or ^D.</returns>
    public static string? Ask(string what)
    {
        if (!IsPossible) return null;
        System.Console.Error.Write($"{what}: ");
        string? typed = Read();
        System.Console.Error.WriteLine();
        return typed;
    }

    private static string? Read()
    {
        const char endOfInput = '\u0004';
        var typed = new StringBuilder();
        while (true)
        {
            var key = System.Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter) return typed.ToString();
            if (key.Key == ConsoleKey.Escape || key.KeyChar == endOfInput) return null;
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }
    }
}
