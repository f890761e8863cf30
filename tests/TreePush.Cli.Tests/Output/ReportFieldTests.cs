using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using TreePush.Cli.Output.Html;

namespace TreePush.Cli.Tests.Output;

/// <summary>A script that reads a field that no data has shows nothing, and no other test would notice.</summary>
public sealed partial class ReportFieldTests
{
    private static readonly string[] Records = ["host", "link", "data", "transfer", "note", "file"];

    [Fact]
    public void Scripts_of_the_page_read_only_fields_that_the_data_has()
    {
        var assembly = typeof(ReportData).Assembly;
        var known = assembly.GetTypes().Where(t => t.Namespace == typeof(ReportData).Namespace)
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance)).Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)).ToHashSet();
        var read = assembly.GetManifestResourceNames().Where(n => n.StartsWith("report/", StringComparison.Ordinal) && n.EndsWith(".js", StringComparison.Ordinal))
            .SelectMany(name => Fields().Matches(Text(assembly, name)).Where(m => Records.Contains(m.Groups[1].Value)).Select(m => (name, Field: m.Groups[2].Value))).ToList();
        read.Should().HaveCountGreaterThan(20);
        read.Where(r => !known.Contains(r.Field) && r.Field != "length").Should().BeEmpty();
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\b([a-z]+)\.([a-z_]+)\b(?!\()")]
    private static partial Regex Fields();
}
