using System.Net;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Links;

/// <summary>
/// Under which addresses other hosts may find this one. The C library is asked for them: the runtime's own list of
/// interfaces reads a dozen files for each.
/// </summary>
internal static unsafe class OwnAddresses
{
    private const int InternetFamily = 2;
    private const int Internet6Family = 10;
    private const int AddressAt = 4;
    private const int Address6At = 8;

    /// <summary>Those of interfaces that are up; none that is good on the host itself, or on one wire, only. Empty if the host won't tell.</summary>
    public static string[] List()
    {
        InterfaceAddress* first;
        if (Libc.GetAddresses(&first) != 0) return [];
        try
        {
            var addresses = new List<string>();
            for (var each = first; each is not null; each = each->Next)
                if (Read(each) is { IsIPv6LinkLocal: false } address) addresses.Add(address.ToString());
            return [.. addresses];
        }
        finally
        {
            Libc.FreeAddresses(first);
        }
    }

    private static IPAddress? Read(InterfaceAddress* each)
    {
        if (each->Address is null || (each->Flags & (InterfaceAddress.Up | InterfaceAddress.Loopback)) != InterfaceAddress.Up) return null;
        return *(ushort*)each->Address switch
        {
            InternetFamily => new IPAddress(new ReadOnlySpan<byte>(each->Address + AddressAt, 4)),
            Internet6Family => new IPAddress(new ReadOnlySpan<byte>(each->Address + Address6At, 16)),
            _ => null,
        };
    }
}
