using System.Text;

namespace TreePush.Cli.Output.Console;

/// <summary>The line that the user types on.</summary>
internal sealed class CommandLine
{
    private const int Longest = 100;
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    /// <returns>The line, if this key ended it; otherwise null.</returns>
    public string? Take(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                string line = _text.ToString();
                _text.Clear();
                return line;
            case ConsoleKey.Backspace when _text.Length > 0:
                _text.Length--;
                break;
            case ConsoleKey.Escape:
                _text.Clear();
                break;
            default:
                if (!char.IsControl(key.KeyChar) && _text.Length < Longest) _text.Append(key.KeyChar);
                break;
        }

        return null;
    }
}
