using System.Net;
using System.Text;
using TreePush.Core.Wire;

namespace TreePush.Engine.Syncing;

/// <summary>A host whose relay can pass its program on to other hosts.</summary>
/// <param name="program">The hash of the program. Each platform has another one.</param>
/// <param name="places">Where other hosts may reach it, as <c>address/port</c>. These are IP addresses, which need no quoting in a shell.</param>
/// <param name="secret">The key that signs requests to it.</param>
internal sealed class RelayPeer(string program, IReadOnlyList<string> places, byte[] secret)
{
    /// <summary>The number of places that are tried: each that does not answer costs seconds.</summary>
    private const int MostPlaces = 2;

    private int _requests;

    public string Program => program;

    public IReadOnlyList<string> Places => places;

    /// <summary>A request to send to it, without the newline. Each request is valid once.</summary>
    public string NewRequest() => Encoding.ASCII.GetString(ProgramRequest.Make(secret, Interlocked.Increment(ref _requests))).TrimEnd('\n');

    /// <returns>Null if it has no address that other hosts could use.</returns>
    public static RelayPeer? Of(RelaySession session)
    {
        if (session.Host.IsLocal) return null;
        var addresses = session.Process.Addresses is { } reached ? session.Ready.Addresses.Prepend(reached.Host.Address.ToString()) : session.Ready.Addresses;
        string[] places =
        [
            .. addresses.Where(a => IPAddress.TryParse(a, out var address) && !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal).Select(a => IPAddress.Parse(a).ToString())
                .Distinct().Take(MostPlaces).Select(a => $"{a}/{session.Ready.Port}"),
        ];
        return places.Length == 0 ? null : new RelayPeer(session.Process.Program, places, session.Secret);
    }
}
