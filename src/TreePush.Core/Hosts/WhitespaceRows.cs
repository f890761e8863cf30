namespace TreePush.Core.Hosts;

/// <summary>
/// The plain list format: one host per line, fields separated by white space. A line that starts with '#' is a comment, and blank
/// lines are skipped.
/// </summary>
public static class WhitespaceRows
{
    public static IEnumerable<ListRow> Split(string text)
    {
        int line = 0;
        foreach (string raw in text.Split('\n'))
        {
            line++;
            string row = raw.TrimEnd('\r');
            if (line == 1) row = row.TrimStart('\uFEFF');
            string trimmed = row.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#') continue;
            yield return new ListRow(line, trimmed, Fields(row));
        }
    }

    private static List<ListField> Fields(string row)
    {
        var fields = new List<ListField>();
        int at = 0;
        while (at < row.Length)
        {
            if (char.IsWhiteSpace(row[at]))
            {
                at++;
                continue;
            }

            int start = at;
            while (at < row.Length && !char.IsWhiteSpace(row[at])) at++;
            fields.Add(new ListField(row[start..at], start + 1));
        }

        return fields;
    }
}
