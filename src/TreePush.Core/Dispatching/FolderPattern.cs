using System.Globalization;
using System.Text;

namespace TreePush.Core.Dispatching;

/// <summary>
/// A folder at a host, in which strftime(3)'s codes stand for the time at which the package arrived: <c>~/in/%Y%m%d/</c>. The
/// result ends with a slash. It is absolute, or relative to the login's home.
/// </summary>
public sealed class FolderPattern
{
    public static readonly FolderPattern Default = new("~/newcx/%Y%m%d_%H%M%S/");

    private static readonly IReadOnlyDictionary<char, string> Formats = new Dictionary<char, string>
    {
        ['Y'] = "yyyy",
        ['y'] = "yy",
        ['m'] = "MM",
        ['d'] = "dd",
        ['H'] = "HH",
        ['I'] = "hh",
        ['M'] = "mm",
        ['S'] = "ss",
        ['b'] = "MMM",
        ['B'] = "MMMM",
        ['a'] = "ddd",
        ['A'] = "dddd",
        ['p'] = "tt",
        ['F'] = "yyyy-MM-dd",
        ['T'] = "HH:mm:ss",
    };

    private readonly string _text;

    private FolderPattern(string text) => _text = text;

    /// <returns>The pattern, or null and what is wrong with the text.</returns>
    public static (FolderPattern? Pattern, string? Fault) Parse(string text)
    {
        if (text.Length == 0) return (null, "dest_dir is empty");
        if (text.Any(char.IsControl)) return (null, $"dest_dir {HostSyntax.Quoted(text)} has a control character");
        if (text[0] == '~' && text is not "~" && text[1] != '/') return (null, $"dest_dir {HostSyntax.Quoted(text)}: only ~/ is known, not ~user");
        if (text.Split('/').Contains("..")) return (null, $"dest_dir {HostSyntax.Quoted(text)} has '..' in it");
        for (int at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%', at + 2))
            if (at + 1 == text.Length || !IsCode(text[at + 1])) return (null, $"dest_dir has the unknown code '{DisplayText.Line(text[at..Math.Min(at + 2, text.Length)])}'");
        return (new FolderPattern(text), null);
    }

    /// <param name="time">The time of the arrival, in the dispatcher's time zone.</param>
    public string At(DateTimeOffset time)
    {
        var folder = new StringBuilder();
        for (int i = 0; i < _text.Length; i++) folder.Append(_text[i] == '%' ? Expand(_text[++i], time) : _text[i]);
        if (folder[^1] != '/') folder.Append('/');
        return folder.ToString();
    }

    public override string ToString() => _text;

    private static bool IsCode(char code) => code is '%' or 'j' or 's' || Formats.ContainsKey(code);

    private static string Expand(char code, DateTimeOffset time) => code switch
    {
        '%' => "%",
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        's' => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => time.ToString(Formats[code], CultureInfo.InvariantCulture),
    };
}
