using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Pushing;

/// <summary>Hosts written short: <c>t[1-3]</c>, and with a zone <c>a[1-3]/A,b1/B</c>.</summary>
internal static class Fleet
{
    public static IReadOnlyList<Host> Hosts(string text) => text.Length == 0 ? [] : [.. HostRange.Expand(text).Select(Host)];

    private static Host Host(string text)
    {
        string[] parts = text.Split('/');
        var host = new Host(parts[0]);
        return parts.Length == 1 ? host : host.WithVariables(new Dictionary<string, string> { ["ZONE"] = parts[1] });
    }
}
