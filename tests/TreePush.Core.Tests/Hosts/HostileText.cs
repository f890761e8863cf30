using System.Text;

namespace TreePush.Core.Tests.Hosts;

/// <summary>Text from seeds: made of pieces that parsers and shells stumble over, and of any characters at all.</summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "host", "web1", "10.0.0.1", "::1", "fe80::1", "22", "65536", "-1", "99999999999", "root", "1", "007", "port", "user", "src",
        "[", "]", "-", ",", ":", "@", "%", "#", " ", "\t", "\n", "\r\n", "\r", "\0", "'", "\"", "\\", "`", "$(", ")", "${x}", "$n", ";", "&", "|",
        "*", "?", "~", "!", "<", ">", "=", "\uFEFF", "\u001b[31m", "\u202E", "\u2028", "\u00A0", "é", "日", "🌳", "\ud83c", "\udf33", "[1-3]", "[1-", "1-9]",
    ];

    /// <summary>Anything that a .NET string can hold.</summary>
    public static string Any(Random random, int longest)
    {
        var text = new StringBuilder();
        for (int left = random.Next(longest); left > 0; left--)
        {
            if (random.Next(4) > 0) text.Append(Pieces[random.Next(Pieces.Length)]);
            else text.Append((char)random.Next(random.Next(2) == 0 ? 128 : 65536));
        }

        return text.Length > longest ? text.ToString(0, longest) : text.ToString();
    }

    /// <summary>Anything that a variable of the environment can hold: valid Unicode without NUL.</summary>
    public static string Value(Random random, int longest)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Any(random, longest).Replace("\0", "", StringComparison.Ordinal));
        return Encoding.UTF8.GetString(bytes);
    }
}
