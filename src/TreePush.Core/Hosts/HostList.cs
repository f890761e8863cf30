namespace TreePush.Core.Hosts;

/// <summary>The hosts of a list, or everything that is wrong with it.</summary>
/// <param name="Problems">What makes the list unusable. If there are any problems, <paramref name="Hosts"/> must not be used.</param>
/// <param name="Warnings">The lines that were ignored.</param>
public sealed record HostList(IReadOnlyList<Host> Hosts, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Warnings)
{
    /// <summary>Stands for an omitted port or user in a plain list, where a field can't be empty.</summary>
    public const string NotGiven = "-";

    /// <summary>Reads rows in the given format. If several rows name the same host, the first is used.</summary>
    /// <param name="source">The name of the list in problems: its file name, or <c>-</c>.</param>
    public static HostList Read(string source, IEnumerable<ListRow> rows, HostFormat format)
    {
        var hosts = new List<Host>();
        var seen = new Dictionary<HostName, int>();
        var problems = new List<Problem>();
        var warnings = new List<Problem>();
        foreach (var row in rows)
        {
            if (ReadRow(source, row, format, problems) is not { } host) continue;
            if (seen.TryAdd(host.Name, row.Line)) hosts.Add(host);
            else warnings.Add(new Problem(At(source, row, 0), $"{host.Name} is listed already on line {seen[host.Name]}; this line is ignored"));
        }

        if (hosts.Count == 0 && problems.Count == 0)
            problems.Add(new Problem(source, "the list has no hosts", "write one host on each line: 'host port user'; '#' starts a comment"));
        return new HostList(hosts, problems, warnings);
    }

    private static Host? ReadRow(string source, ListRow row, HostFormat format, List<Problem> problems)
    {
        int before = problems.Count;
        var values = new Dictionary<string, string>();
        foreach (var (name, index) in format.Fields)
        {
            if (index < row.Fields.Count) values[name] = row.Fields[index].Text;
            else if (name is not ("PORT" or "USER"))
                problems.Add(new Problem(At(source, row, row.Fields.Count - 1),
                    $"{HostSyntax.Quoted(row.Text)} has {row.Fields.Count} field(s), but '{name.ToLowerInvariant()}' is field {index + 1}",
                    "see -f, which names the fields"));
        }

        string? Fault(string name, string fault)
        {
            problems.Add(new Problem(At(source, row, format.Fields[name]), fault));
            return null;
        }

        foreach (var (name, value) in values)
            if (value.Contains('\0', StringComparison.Ordinal)) Fault(name, $"{HostSyntax.Quoted(value)} has a NUL character, which no variable can hold");

        string? address = values.GetValueOrDefault("HOST");
        if (address is ['[', .. var inner, ']']) address = inner;
        if (address is not null && HostSyntax.FaultInAddress(address) is { } bad) Fault("HOST", bad);

        int port = Host.DefaultPort;
        string portText = values.GetValueOrDefault("PORT") ?? "";
        if (portText is not ("" or NotGiven) && !HostSyntax.TryPort(portText, out port)) Fault("PORT", HostSyntax.FaultInPort(portText));

        string? user = values.GetValueOrDefault("USER") is { } u and not ("" or NotGiven) ? u : null;
        if (user is not null && HostSyntax.FaultInUser(user) is { } badUser) Fault("USER", badUser);
        if (problems.Count > before) return null;

        values.Remove("HOST");
        values.Remove("PORT");
        values.Remove("USER");
        var host = new Host(address!, port, user) { Row = row.Text };
        return values.Count == 0 ? host : host.WithVariables(values);
    }

    private static string At(string source, ListRow row, int field)
    {
        int column = field >= 0 && field < row.Fields.Count ? row.Fields[field].Column : 1;
        return $"{source}:{row.Line}:{column}";
    }
}
