using System.Net;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Output.Console;

/// <summary>The name of a host's zone: from the host list, or its network or domain.</summary>
internal static class ZoneName
{
    public static string Of(Host host)
    {
        if (host.Variables.TryGetValue("ZONE", out string? named) && named.Length > 0) return DisplayText.Line(named, 60);
        if (host.Placement.Zone is not { } zone) return "this machine";
        if (!IPAddress.TryParse(host.Address, out var address)) return zone.Length == 0 ? "no domain" : DisplayText.Line(zone, 60);
        byte[] bytes = address.GetAddressBytes();
        int prefix = bytes.Length == 4 ? 3 : 8;
        bytes.AsSpan(prefix).Clear();
        return $"{new IPAddress(bytes)}/{8 * prefix}";
    }
}
