using System.Globalization;

namespace TreePush.Core.Dispatching.Ftp;

/// <summary>The last line of what an FTP server said to a command.</summary>
/// <param name="Text">What follows the number.</param>
public readonly record struct FtpReply(int Code, string Text)
{
    /// <summary>A refusal, for now or for good.</summary>
    public bool IsRefusal => Code >= 400;

    /// <summary>Null for a line that another of the same reply follows.</summary>
    public static FtpReply? Read(string line)
    {
        string text = line.TrimEnd();
        if (text.Length < 3 || (text.Length > 3 && text[3] != ' ')) return null;
        if (!int.TryParse(text.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code) || code < 100) return null;
        return new FtpReply(code, text.Length > 4 ? text[4..] : "");
    }

    /// <summary>The size that SIZE asked for; null if the server has not told it.</summary>
    public long? Size() => Code == 213 && long.TryParse(Text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;

    /// <summary>The folder that PWD asked for: between quotation marks, of which those in its name are doubled. Null if the server has not told it.</summary>
    public string? Folder()
    {
        if (Code != 257 || !Text.StartsWith('"')) return null;
        for (int i = 1; i < Text.Length; i++)
        {
            if (Text[i] != '"') continue;
            if (i + 1 == Text.Length || Text[i + 1] != '"') return i > 1 ? Text[1..i].Replace("\"\"", "\"", StringComparison.Ordinal) : null;
            i++;
        }

        return null;
    }

    public override string ToString() => $"{Code} {Text}";
}
