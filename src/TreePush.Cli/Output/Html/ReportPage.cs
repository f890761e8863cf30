using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TreePush.Cli.Output.Html;

/// <summary>
/// The report page: one file that loads nothing else. Its content security policy allows this one style sheet and this
/// one script, by their hashes, and no other source. Data is inserted as text, never as markup.
/// </summary>
internal static class ReportPage
{
    private static readonly string[] PushScripts =
    [
        "base.js", "tips.js", "header.js", "chart.js", "table.js", "push/hosts.js", "failures.js", "push/header.js", "push/growth.js",
        "push/tree.js", "push/drawing.js", "push/outline.js", "push/timeline.js", "push/aside.js", "push/main.js",
    ];

    private static readonly string[] SyncScripts =
    [
        "base.js", "tips.js", "header.js", "chart.js", "table.js", "sync/hosts.js", "failures.js", "sync/header.js", "sync/growth.js",
        "sync/chains.js", "sync/timeline.js", "sync/receipts.js", "sync/main.js",
    ];

    public static string Build(ReportData data) => Build("push/main.html", PushScripts, JsonSerializer.Serialize(data, ReportJson.Default.ReportData));

    public static string Build(SyncReportData data) => Build("sync/main.html", SyncScripts, JsonSerializer.Serialize(data, ReportJson.Default.SyncReportData));

    private static string Build(string main, string[] scripts, string json)
    {
        string style = Read("report.css");
        string script = $"'use strict';\n{{\n{string.Concat(scripts.Select(Read))}}}\n";
        var values = new Dictionary<string, string>
        {
            ["policy"] = $"default-src 'none'; style-src {Hash(style)}; script-src {Hash(script)}; img-src data:; base-uri 'none'; form-action 'none'",
            ["style"] = style,
            ["main"] = Read(main),
            ["script"] = script,
            ["data"] = json,
        };
        return Fill(Read("page.html"), values);
    }

    /// <summary>Replaces each {{name}} with its value. Values are not searched for names.</summary>
    private static string Fill(string template, Dictionary<string, string> values)
    {
        string[] parts = template.Split("{{");
        var page = new StringBuilder(parts[0]);
        foreach (string part in parts.Skip(1))
        {
            int end = part.IndexOf("}}", StringComparison.Ordinal);
            page.Append(values[part[..end]]).Append(part, end + 2, part.Length - end - 2);
        }

        return page.ToString();
    }

    /// <summary>
    /// The hash of a text as a policy contains it. Browsers hash the text with line feeds, whatever the file has.
    /// </summary>
    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"report/{name}")
            ?? throw new InvalidOperationException($"The report's {name} is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
