using System.Net;
using System.Text;

namespace TreePush.Core.Hosts;

/// <summary>The host's location in the network, according to its list and its address.</summary>
/// <param name="Zone">
/// The rack or site: the list's column <c>zone</c>; else the address's /24 (IPv4) or /64 (IPv6); else the name's domain. Null for
/// the controller's own machine, which belongs to no zone.
/// </param>
/// <param name="Position">The more leading bits the positions of two hosts have in common, the nearer the hosts are.</param>
public readonly record struct Placement(string? Zone, Position Position)
{
    public static Placement Of(Host host)
    {
        Position position;
        string? zone;
        if (IPAddress.TryParse(host.Address, out var address))
        {
            byte[] bytes = address.GetAddressBytes();
            position = Position.Of(bytes);
            int prefix = bytes.Length == 4 ? 3 : 8;
            zone = Convert.ToHexString(bytes.AsSpan(0, prefix));
        }
        else
        {
            position = Position.Of(Encoding.UTF8.GetBytes(host.Address));
            int dot = host.Address.IndexOf('.', StringComparison.Ordinal);
            zone = dot < 0 ? "" : host.Address[(dot + 1)..].ToLowerInvariant();
        }

        if (host.Variables.TryGetValue("ZONE", out string? named) && named.Length > 0) zone = "zone " + named;
        else if (host.Name == HostName.Local) zone = null;
        return new Placement(zone, position);
    }
}
