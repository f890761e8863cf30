using System.Globalization;

namespace TreePush.Core.Hosts;

/// <summary>
/// The meaning of each field of a list's row (<c>-f</c>). Names are separated by commas and count fields from 1. An empty name
/// skips a field. <c>N:name</c> names field N, and the names after it continue from there. Each name becomes the variable
/// TPUSH_NAME.
/// </summary>
public sealed record HostFormat
{
    private const int MostFields = 1000;

    /// <summary>Names that TreePush sets itself.</summary>
    private static readonly string[] Reserved = ["SRC"];

    private HostFormat(string text, IReadOnlyDictionary<string, int> fields) => (Text, Fields) = (text, fields);

    public static HostFormat Default { get; } = Parse("host,port,user").Format!;

    /// <summary>The text that the format was parsed from.</summary>
    public string Text { get; }

    /// <summary>Field indexes from 0, by upper-case name. HOST is always among them.</summary>
    public IReadOnlyDictionary<string, int> Fields { get; }

    /// <returns>The format; or null and what is wrong with the text.</returns>
    public static (HostFormat? Format, IReadOnlyList<Problem> Problems) Parse(string text)
    {
        var fields = new Dictionary<string, int>();
        var problems = new List<Problem>();
        int next = 1;
        foreach (string item in text.Split(','))
        {
            string name = item;
            int colon = item.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0)
            {
                if (!TryFieldNumber(item[..colon], out next))
                {
                    problems.Add(new Problem("-f", $"{HostSyntax.Quoted(item)} does not begin with a field number from 1 to {MostFields}",
                        "write it as 'N:name', for example '2:host,port,user'"));
                    continue;
                }

                name = item[(colon + 1)..];
            }

            if (name.Length > 0) Add(name, next - 1, fields, problems);
            next++;
        }

        if (problems.Count == 0 && !fields.ContainsKey("HOST"))
            problems.Add(new Problem("-f", $"the format {HostSyntax.Quoted(text)} names no field 'host'", "one field must be called host: -f host,port,user"));
        return problems.Count == 0 ? (new HostFormat(text, fields), problems) : (null, problems);
    }

    /// <summary>Returns the format that a header row describes. An empty name skips a field.</summary>
    public static (HostFormat? Format, IReadOnlyList<Problem> Problems) OfHeader(IEnumerable<string> names) =>
        Parse(string.Join(',', names.Select(n => n.Trim())));

    private static void Add(string name, int index, Dictionary<string, int> fields, List<Problem> problems)
    {
        string upper = name.ToUpperInvariant();
        if (!upper.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            problems.Add(new Problem("-f", $"{HostSyntax.Quoted(name)} can't name a field", "a name has letters, digits and '_' only, since it becomes a variable TPUSH_NAME"));
        else if (Reserved.Contains(upper))
            problems.Add(new Problem("-f", $"{HostSyntax.Quoted(name)} can't name a field: TPUSH_{upper} is always the source's host", "choose another name"));
        else if (!fields.TryAdd(upper, index))
            problems.Add(new Problem("-f", $"the name {HostSyntax.Quoted(name)} is used twice", "each field needs its own name; an empty name skips a field: 'host,,user'"));
    }

    private static bool TryFieldNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= MostFields;
}
