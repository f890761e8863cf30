using System.Net;
using System.Text;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Links;

/// <summary>
/// Parses numeric addresses with the C library. Where the relay is not machine code, the runtime's own parser would be compiled
/// in each process, which costs more than the whole connection.
/// </summary>
internal static unsafe class NumericAddress
{
    private const int InternetFamily = 2;
    private const int Internet6Family = 10;

    /// <returns>Null if the text is a name.</returns>
    public static IPAddress? Parse(string text)
    {
        byte[] name = Encoding.ASCII.GetBytes(text + '\0');
        Span<byte> address = stackalloc byte[16];
        fixed (byte* from = name, to = address)
        {
            if (Libc.ReadAddress(InternetFamily, from, to) == 1) return new IPAddress(address[..4]);
            return Libc.ReadAddress(Internet6Family, from, to) == 1 ? new IPAddress(address) : null;
        }
    }
}
