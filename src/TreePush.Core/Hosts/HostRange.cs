using System.Globalization;
using System.Text;

namespace TreePush.Core.Hosts;

/// <summary>
/// Host ranges in the notation of clustershell, pdsh and Slurm: <c>web[01-12].example,10.0.0.[1-9,12]</c>. A bracket that
/// contains a colon is an IPv6 address. <see cref="Fold"/> and <see cref="Expand"/> are inverse to each other.
/// </summary>
public static class HostRange
{
    /// <summary>The most names that one text may stand for; more is taken for a mistake.</summary>
    public const int MostNames = 1_000_000;

    /// <exception cref="FormatException">The text is not a host range; the message quotes the faulty part.</exception>
    public static IReadOnlyList<string> Expand(string text)
    {
        var names = new List<string>();
        foreach (string item in SplitItems(text))
        {
            if (item.Length == 0) throw new FormatException($"{HostSyntax.Quoted(text)} has an empty item");
            names.AddRange(ExpandItem(item, MostNames - names.Count));
        }

        return names;
    }

    private static List<string> SplitItems(string text)
    {
        var items = new List<string>();
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '[') depth++;
            else if (text[i] == ']') depth--;
            else if (text[i] == ',' && depth == 0)
            {
                items.Add(text[start..i].Trim());
                start = i + 1;
            }

            if (depth is < 0 or > 1) throw new FormatException($"the brackets in {HostSyntax.Quoted(text)} do not match");
        }

        if (depth != 0) throw new FormatException($"the brackets in {HostSyntax.Quoted(text)} do not match");
        items.Add(text[start..].Trim());
        return items;
    }

    private static List<string> ExpandItem(string item, int room)
    {
        List<string> names = [""];
        int at = 0;
        while (at < item.Length)
        {
            int open = item.IndexOf('[', at);
            string literal = open < 0 ? item[at..] : item[at..open];
            names = names.ConvertAll(n => n + literal);
            if (open < 0) break;
            int close = item.IndexOf(']', open);
            string inside = item[(open + 1)..close];
            List<string> choices = inside.Contains(':', StringComparison.Ordinal) ? [$"[{inside}]"] : Numbers(inside, room);
            if ((long)names.Count * choices.Count > room) throw new FormatException($"{HostSyntax.Quoted(item)} stands for more than {MostNames} hosts");
            names = names.SelectMany(n => choices.Select(c => n + c)).ToList();
            at = close + 1;
        }

        return names;
    }

    private static List<string> Numbers(string inside, int room)
    {
        var numbers = new List<string>();
        foreach (string part in inside.Split(','))
        {
            string[] ends = part.Trim().Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out int first) || !TryNumber(ends[^1], out int last))
                throw new FormatException($"{HostSyntax.Quoted(part)} is not a number or a range such as 1-9");
            if (last < first) throw new FormatException($"the range {HostSyntax.Quoted(part)} runs backwards");
            if (last - first >= room - numbers.Count) throw new FormatException($"the range {HostSyntax.Quoted(part)} stands for more than {MostNames} hosts");
            string width = "D" + ends[0].Length.ToString();
            for (int n = first; n <= last; n++) numbers.Add(n.ToString(width, CultureInfo.InvariantCulture));
        }

        return numbers;
    }

    /// <summary>
    /// Returns the names as one text, in order of name, each name once. Names that differ only in their last number are folded
    /// into ranges.
    /// </summary>
    public static string Fold(IEnumerable<string> names)
    {
        var groups = new SortedDictionary<(string Before, string After), List<string>>();
        var plain = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string name in names.Distinct())
        {
            if (SplitAtLastNumber(name) is not var (before, digits, after)) plain.Add(name);
            else if (groups.TryGetValue((before, after), out var list)) list.Add(digits);
            else groups[(before, after)] = [digits];
        }

        var items = plain.Concat(groups.SelectMany(g => FoldGroup(g.Key.Before, g.Value, g.Key.After)));
        return string.Join(',', items);
    }

    private static IEnumerable<string> FoldGroup(string before, List<string> digits, string after)
    {
        // A number with leading zeros fixes a width. The other numbers of that width join it, so 09,10 folds to 09-10.
        var widths = digits.Where(d => d.Length > 1 && d[0] == '0').Select(d => d.Length).ToHashSet();
        foreach (var group in digits.GroupBy(d => widths.Contains(d.Length) ? d.Length : 0).OrderBy(g => g.Key))
        {
            var numbers = group.Select(d => int.Parse(d)).Order().ToList();
            string format = "D" + Math.Max(1, group.Key).ToString();
            string ranges = Ranges(numbers, format);
            yield return numbers.Count == 1 ? before + ranges + after : $"{before}[{ranges}]{after}";
        }
    }

    private static string Ranges(List<int> numbers, string format)
    {
        var text = new StringBuilder();
        for (int i = 0; i < numbers.Count;)
        {
            int end = i;
            while (end + 1 < numbers.Count && numbers[end + 1] == numbers[end] + 1) end++;
            if (text.Length > 0) text.Append(',');
            text.Append(numbers[i].ToString(format, CultureInfo.InvariantCulture));
            if (end > i) text.Append('-').Append(numbers[end].ToString(format, CultureInfo.InvariantCulture));
            i = end + 1;
        }

        return text.ToString();
    }

    private static (string Before, string Digits, string After)? SplitAtLastNumber(string name)
    {
        // Fold only what Expand returns unchanged: no brackets (IPv6 addresses and their ports), and no number of more than nine digits.
        if (name.Contains('[', StringComparison.Ordinal) || name.Count(c => c == ':') > 1) return null;
        int limit = name.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? colon : name.Length;
        int end = limit;
        while (end > 0 && !char.IsAsciiDigit(name[end - 1])) end--;
        int start = end;
        while (start > 0 && char.IsAsciiDigit(name[start - 1])) start--;
        return end == start || end - start > 9 ? null : (name[..start], name[start..end], name[end..]);
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= 9;
}
