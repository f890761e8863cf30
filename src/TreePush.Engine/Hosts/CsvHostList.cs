using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Hosts;

/// <summary>
/// A host list as CSV (RFC 4180, with '#' comment lines). A first row with a cell 'host' is a header. It names the fields
/// unless <c>-f</c> does.
/// </summary>
internal static class CsvHostList
{
    public static ReadHostList Read(string path, string text, HostFormat? format)
    {
        var rows = new List<ListRow>();
        try
        {
            rows.AddRange(Rows(text));
        }
        catch (BadDataException e)
        {
            int line = e.Context?.Parser?.RawRow ?? 1;
            return ReadHostList.Unusable(new Problem($"{path}:{line}", "a field's quotes don't match",
                "put a field with quotes, commas or newlines in double quotes, and double each quote in it"));
        }

        string? header = null;
        if (rows.Count > 0 && rows[0].Fields.Any(f => f.Text.Trim().Equals("host", StringComparison.OrdinalIgnoreCase)))
        {
            header = rows[0].Text;
            if (format is null)
            {
                var (named, problems) = HostFormat.OfHeader(rows[0].Fields.Select(f => f.Text));
                if (named is null)
                    return new ReadHostList(new HostList([], [.. problems.Select(p => p with { Where = $"{path}:1 (header)" })], []), ListFormat.Default);
                format = named;
            }

            rows.RemoveAt(0);
        }

        format ??= HostFormat.Default;
        return new ReadHostList(HostList.Read(path, rows, format), new ListFormat(true, format.Text, header));
    }

    private static IEnumerable<ListRow> Rows(string text)
    {
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            AllowComments = true,
            IgnoreBlankLines = true,
            TrimOptions = TrimOptions.None,
        };
        using var parser = new CsvParser(new StringReader(text.TrimStart('\uFEFF')), settings);
        while (parser.Read())
        {
            string raw = parser.RawRecord.TrimEnd('\r', '\n');
            int line = parser.RawRow - raw.Count(c => c == '\n');
            string[] fields = parser.Record ?? [];
            int[] columns = Columns(raw);
            yield return new ListRow(line, raw, [.. fields.Select((f, i) => new ListField(f, i < columns.Length ? columns[i] : 1))]);
        }
    }

    /// <summary>The column at which each field of a record begins, in characters from 1.</summary>
    private static int[] Columns(string record)
    {
        var columns = new List<int> { 1 };
        bool quoted = false;
        for (int i = 0; i < record.Length; i++)
        {
            if (record[i] == '"') quoted = !quoted;
            else if (record[i] == ',' && !quoted) columns.Add(i + 2);
        }

        return [.. columns];
    }
}
