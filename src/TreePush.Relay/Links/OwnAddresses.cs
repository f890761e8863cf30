using System.Runtime.InteropServices;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Links;

/// <summary>
/// Lists the addresses at which other hosts may reach this one, by the C library. The runtime's own list of interfaces reads a
/// dozen files for each interface.
/// </summary>
internal static unsafe class OwnAddresses
{
    private const int InternetFamily = 2;
    private const int Internet6Family = 10;
    private const int LongestText = 46;

    /// <summary>
    /// Returns the addresses of the interfaces that are up, except loopback interfaces and link-local addresses. Empty if the
    /// host does not tell them.
    /// </summary>
    public static string[] List()
    {
        InterfaceAddress* first;
        if (Libc.GetAddresses(&first) != 0) return [];
        try
        {
            var addresses = new List<string>();
            for (var each = first; each is not null; each = each->Next)
                if (Read(each) is { } address) addresses.Add(address);
            return [.. addresses];
        }
        finally
        {
            Libc.FreeAddresses(first);
        }
    }

    private static string? Read(InterfaceAddress* each)
    {
        if (each->Address is null || (each->Flags & (InterfaceAddress.Up | InterfaceAddress.Loopback)) != InterfaceAddress.Up) return null;
        int family = *(ushort*)each->Address;
        byte* address = each->Address + (family == InternetFamily ? 4 : 8);
        if (family is not (InternetFamily or Internet6Family) || (family == Internet6Family && IsLinkLocal(address))) return null;
        byte* text = stackalloc byte[LongestText];
        return Marshal.PtrToStringUTF8((nint)Libc.AddressToText(family, address, text, LongestText));
    }

    /// <summary>Whether the address is in fe80::/10.</summary>
    private static bool IsLinkLocal(byte* address) => address[0] == 0xfe && (address[1] & 0xc0) == 0x80;
}
