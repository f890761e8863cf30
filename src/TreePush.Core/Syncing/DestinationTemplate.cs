using System.Text;

namespace TreePush.Core.Syncing;

/// <summary>
/// DEST as the user wrote it: a path in which <c>$TPUSH_NAME</c> or <c>${TPUSH_NAME}</c> stands for a variable of the target, and
/// <c>$$</c> for a dollar sign. The controller expands it for each host, so no shell ever reads it.
/// </summary>
public sealed class DestinationTemplate
{
    private const string Where = "DEST";
    private const string Prefix = "TPUSH_";
    private const int NamesShown = 200;

    private readonly IReadOnlyList<Part> _parts;

    private DestinationTemplate(IReadOnlyList<Part> parts) => _parts = parts;

    /// <returns>The template; or null and what is wrong with the text.</returns>
    public static (DestinationTemplate? Template, IReadOnlyList<Problem> Problems) Parse(string text)
    {
        var parts = new List<Part>();
        var problems = new List<Problem>();
        if (text.Contains('\0', StringComparison.Ordinal)) problems.Add(new Problem(Where, "the path has a NUL character"));
        for (int at = 0; at < text.Length;)
        {
            int dollar = text.IndexOf('$', at);
            if (dollar != at)
            {
                int end = dollar < 0 ? text.Length : dollar;
                parts.Add(new Part(text[at..end], null));
                at = end;
                continue;
            }

            var (part, length, fault) = ReadDollar(text[at..]);
            if (part is { } read) parts.Add(read);
            if (fault is not null) problems.Add(fault);
            at += length;
        }

        return problems.Count == 0 ? (new DestinationTemplate(parts), problems) : (null, problems);
    }

    /// <returns>The path on the host; or null and what is wrong: a variable that the host lacks, or a value that can't be part of a path.</returns>
    public (string? Path, string? Fault) Expand(Host host)
    {
        var path = new StringBuilder();
        var values = new List<(int Start, int End)>();
        foreach (var part in _parts)
        {
            if (part.Variable is not { } name)
            {
                path.Append(part.Literal);
                continue;
            }

            if (host.Field(name) is not { } value) return (null, $"there is no {Prefix}{name}");
            if (value.Contains('\0', StringComparison.Ordinal)) return (null, $"{Prefix}{name} has a NUL character");
            // An empty value would make DEST the directory above the intended one, and --delete would empty it.
            if (value.Trim('/').Length == 0) return (null, value.Length == 0 ? $"{Prefix}{name} is empty" : $"{Prefix}{name} is {HostSyntax.Quoted(value)} alone");
            values.Add((path.Length, path.Length + value.Length));
            path.Append(value);
        }

        string whole = path.ToString();
        return DotsOfValues(whole, values) is { } dots ? (null, $"a variable makes {dots} a part of the path {HostSyntax.Quoted(whole)}") : (whole, null);
    }

    /// <summary>Expands the path for all hosts, and returns what is wrong with it. Hosts with the same fault share one problem.</summary>
    public IReadOnlyList<Problem> Check(IEnumerable<Host> hosts) =>
    [
        .. hosts.Select(h => (Host: h, Expand(h).Fault)).Where(e => e.Fault is not null).GroupBy(e => e.Fault!).Select(g => new Problem(
            Where, $"{g.Key} for {Named([.. g.Select(e => e.Host.Name)])}",
            "-f names the list's fields; each becomes a variable TPUSH_<NAME> of its host")),
    ];

    private static string Named(IReadOnlyList<HostName> hosts)
    {
        string names = DisplayText.Line(HostRange.Fold(hosts.Select(h => h.Value)), NamesShown);
        return hosts.Count == 1 ? names : $"{hosts.Count} hosts: {names}";
    }

    /// <param name="rest">The text from a dollar sign on.</param>
    private static (Part? Part, int Length, Problem? Fault) ReadDollar(string rest)
    {
        if (rest.StartsWith("$$", StringComparison.Ordinal)) return (new Part("$", null), 2, null);
        bool braced = rest.StartsWith("${", StringComparison.Ordinal);
        int start = braced ? 2 : 1, end = start;
        while (end < rest.Length && (char.IsAsciiLetterOrDigit(rest[end]) || rest[end] == '_')) end++;
        string name = rest[start..end];
        bool closed = !braced || (end < rest.Length && rest[end] == '}');
        int length = braced && closed ? end + 1 : end;
        if (closed && name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length) return (new Part("", name[Prefix.Length..]), length, null);
        string what = closed ? $"{HostSyntax.Quoted(rest[..length])} is not a variable of the hosts" : $"{HostSyntax.Quoted(rest[..length])} has no closing brace";
        return (null, length, new Problem(Where, what, "variables are written $TPUSH_NAME or ${TPUSH_NAME}, a dollar sign of the path itself $$"));
    }

    /// <summary>Returns the first component of the path that is <c>.</c> or <c>..</c> and contains text of a variable; null if there is none.</summary>
    private static string? DotsOfValues(string path, List<(int Start, int End)> values)
    {
        for (int start = 0; start <= path.Length;)
        {
            int end = path.IndexOf('/', start);
            if (end < 0) end = path.Length;
            if (path[start..end] is "." or ".." && values.Any(v => v.Start < end && v.End > start)) return path[start..end];
            start = end + 1;
        }

        return null;
    }

    /// <param name="Variable">The variable's name without its prefix; null for literal text.</param>
    private readonly record struct Part(string Literal, string? Variable);
}
