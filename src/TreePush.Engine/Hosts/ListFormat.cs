using TreePush.Core.Hosts;

namespace TreePush.Engine.Hosts;

/// <summary>The format of a host list.</summary>
/// <param name="Fields">The fields' names, as <c>-f</c> gives them.</param>
/// <param name="Header">A CSV list's header row; null if it has none.</param>
public sealed record ListFormat(bool IsCsv, string Fields, string? Header)
{
    public static ListFormat Default { get; } = new(false, HostFormat.Default.Text, null);

    /// <summary>A host's row as its list had it; otherwise composed from the host's fields.</summary>
    public string Row(Host host)
    {
        if (host.Row is { } row) return row;
        var format = HostFormat.Parse(Fields).Format ?? HostFormat.Default;
        string[] fields = new string[format.Fields.Values.Max() + 1];
        Array.Fill(fields, IsCsv ? "" : HostList.NotGiven);
        foreach (var (name, index) in format.Fields) fields[index] = host.Field(name) ?? fields[index];
        return string.Join(IsCsv ? ',' : ' ', fields);
    }
}
