namespace TreePush.Core.Configs;

/// <summary>
/// Reads INI files as Python's ConfigParser does: <c>[section]</c>, <c>key = value</c> or <c>key: value</c>, comments after
/// <c>#</c> or <c>;</c> at the start of a line, and indented lines that continue a value. Keys are lower case.
/// </summary>
public static class IniFile
{
    /// <summary>Whether a text is an INI file rather than YAML: its first line that is no comment is a section.</summary>
    public static bool Is(string text) =>
        text.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && !IsComment(l)) is { } first && first[0] == '[' && first.EndsWith(']');

    /// <returns>A map of the sections, each a map of its keys.</returns>
    public static (ConfigMap Sections, IReadOnlyList<Problem> Problems) Read(string file, string text)
    {
        var sections = new List<ConfigEntry>();
        var problems = new List<Problem>();
        List<ConfigEntry>? keys = null;
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r', ' ', '\t');
            string content = line.TrimStart();
            if (content.Length == 0 || IsComment(content)) continue;
            if (char.IsWhiteSpace(line[0]) && keys is { Count: > 0 })
            {
                keys[^1] = Continue(keys[^1], content);
            }
            else if (content[0] == '[' && content[^1] == ']')
            {
                keys = [];
                sections.Add(new ConfigEntry(i + 1, content[1..^1].Trim(), new ConfigMap(i + 1, keys)));
            }
            else if (keys is not null && content.IndexOfAny(['=', ':']) is > 0 and var at)
            {
                string value = content[(at + 1)..].Trim();
                keys.Add(new ConfigEntry(i + 1, content[..at].Trim().ToLowerInvariant(), new ConfigText(i + 1, value.Length == 0 ? null : value)));
            }
            else
            {
                problems.Add(new Problem($"{file}:{i + 1}", $"{HostSyntax.Quoted(content)} is neither a section nor a key with a value",
                    keys is null ? "a file begins with a [section]" : "keys are written: name = value"));
            }
        }

        return (new ConfigMap(1, sections), problems);
    }

    private static ConfigEntry Continue(ConfigEntry entry, string more) =>
        entry with { Value = new ConfigText(entry.Value.Line, ((ConfigText)entry.Value).Value is { } value ? value + "\n" + more : more) };

    private static bool IsComment(string line) => line[0] is '#' or ';';
}
