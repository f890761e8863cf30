using System.IO.Compression;
using System.Xml.Linq;

namespace TreePush.Cli.Tests.Packages;

/// <summary>What the .NET tool's package says of itself.</summary>
internal static class ToolPackage
{
    public static string File => PackageFolder.Only("TreePush.*.nupkg");

    public static IReadOnlyList<string> Entries()
    {
        using var package = ZipFile.OpenRead(File);
        return [.. package.Entries.Select(e => e.FullName)];
    }

    /// <summary>The text of an element, or one of its attributes.</summary>
    public static string Read(string element, string? attribute = null)
    {
        using var package = ZipFile.OpenRead(File);
        using var stream = package.GetEntry("TreePush.nuspec")!.Open();
        var found = XDocument.Load(stream).Descendants().Single(e => e.Name.LocalName == element);
        return attribute is null ? found.Value : found.Attribute(attribute)!.Value;
    }
}
