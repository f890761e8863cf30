using System.Net;

namespace TreePush.Core.Wire;

/// <summary>The addresses that a relay names itself. They are given to other hosts, so they are checked first.</summary>
public static class RelayAddress
{
    /// <summary>No child waits for more addresses than this to answer.</summary>
    public const int Most = 16;

    /// <summary>Those that another host may connect to: IP addresses in numbers, no loopback, link-local, multicast or unspecified one, each once.</summary>
    public static IReadOnlyList<string> Usable(IEnumerable<string> named) => [.. named.Select(Usable).OfType<string>().Distinct().Take(Most)];

    private static string? Usable(string text)
    {
        if (!IPAddress.TryParse(text, out var address)) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        bool leadsNowhere = IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any)
            || address.GetAddressBytes() is [0 or >= 224, _, _, _] or [169, 254, _, _];
        return leadsNowhere ? null : address.ToString();
    }
}
