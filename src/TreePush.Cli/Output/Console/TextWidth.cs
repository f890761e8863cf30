using System.Globalization;

namespace TreePush.Cli.Output.Console;

/// <summary>The width of text on standard output, and word wrapping.</summary>
internal static class TextWidth
{
    private const int Usual = 80;

    /// <summary>Longer lines are hard to read, even on a wide terminal.</summary>
    private const int Most = 120;

    /// <summary>The terminal's width; without a terminal, the value of COLUMNS, or 80.</summary>
    public static int OfOutput()
    {
        if (!System.Console.IsOutputRedirected && System.Console.WindowWidth > 0) return Math.Clamp(System.Console.WindowWidth, 40, Most);
        bool given = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns);
        return given ? Math.Clamp(columns, 40, Most) : Usual;
    }

    /// <summary>Wraps a text between words. A word that is longer than the width gets a line of its own.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        if (line.Length > 0) yield return line;
    }
}
