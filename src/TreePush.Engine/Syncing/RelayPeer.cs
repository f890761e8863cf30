using System.Net;
using System.Text;
using TreePush.Core.Wire;

namespace TreePush.Engine.Syncing;

/// <summary>A host whose relay can hand its program on.</summary>
/// <param name="program">The hash of the program, which is another one for each platform.</param>
/// <param name="places">Where it may be found, as <c>address/port</c>: addresses only, which need no quoting in a shell.</param>
/// <param name="secret">What requests to it are made with.</param>
internal sealed class RelayPeer(string program, IReadOnlyList<string> places, byte[] secret)
{
    /// <summary>More places than this are not tried: each that does not answer costs seconds.</summary>
    private const int MostPlaces = 2;

    private int _requests;

    public string Program => program;

    public IReadOnlyList<string> Places => places;

    /// <summary>What is to be said to it, without the newline; another line each time, since each is good once.</summary>
    public string NewRequest() => Encoding.ASCII.GetString(ProgramRequest.Make(secret, Interlocked.Increment(ref _requests))).TrimEnd('\n');

    /// <returns>Null where it has no address that other hosts could use.</returns>
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
