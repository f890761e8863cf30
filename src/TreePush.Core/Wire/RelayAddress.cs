using System.Net;

namespace TreePush.Core.Wire;

/// <summary>Checks the addresses that a relay names itself. They are given to other hosts.</summary>
public static class RelayAddress
{
    /// <summary>The most addresses that are used. The limit bounds how long a child waits for addresses that do not answer.</summary>
    public const int Most = 16;

    /// <summary>
    /// Returns the addresses that another host may connect to, each once: numeric IP addresses, except loopback, link-local,
    /// multicast and unspecified ones.
    /// </summary>
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
