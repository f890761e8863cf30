using System.Globalization;

namespace TreePush.Core.Dispatching.Ftp;

/// <summary>Reads what a server answers to LIST, where it knows no SIZE. No standard says how that looks: it is like <c>ls -l</c>, or like DIR.</summary>
public static class FtpListing
{
    /// <param name="name">A name without spaces.</param>
    /// <returns>The file's size; null if it is not listed.</returns>
    public static long? SizeOf(string name, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length < 4 || words[^1] != name) continue;
            string size = words[0].StartsWith('-') && words.Length >= 8 ? words[^5] : words[2];
            if (long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)) return bytes;
        }

        return null;
    }
}
