using System.Net.Sockets;
using System.Security.Cryptography;
using TreePush.Relay.Files;

namespace TreePush.Relay.Targets;

/// <summary>
/// A relay's claim to a tree. With it, relays of the same run find out that they work on the same host and the same path, because
/// a host may be listed under two names. A claim is a Unix socket with an abstract name: a hash that nobody can know without
/// knowing the run. The kernel gives the name to one process of a network namespace and releases it when that process ends. The
/// hash includes the mounts that the process sees, so that containers are not taken for each other. If the name is taken, its
/// holder tells which relay it is.
/// </summary>
internal sealed class Claim : IDisposable
{
    private const int MostTries = 5, LongestKey = 1024;
    private const int AnswerMilliseconds = 3000;

    private readonly Socket _socket;
    private readonly byte[] _key;

    private Claim(Socket socket, byte[] key) => (_socket, _key) = (socket, key);

    /// <param name="run">The run's id.</param>
    /// <param name="path">The resolved path of the tree; see <see cref="CanonicalPath"/>.</param>
    /// <param name="key">This relay's public key, which is sent to later relays.</param>
    /// <param name="holder">The key of the relay that holds the claim; null if this relay holds it now, or if no holder is known.</param>
    /// <returns>The claim; null if this relay does not hold it.</returns>
    public static Claim? Make(ReadOnlySpan<byte> run, ReadOnlySpan<byte> path, byte[] key, out byte[]? holder)
    {
        holder = null;
        byte[] hash = SHA256.HashData([.. run, .. CanonicalPath.View(), 0, .. path]);
        var name = new UnixDomainSocketEndPoint($"\0treepush-{Convert.ToHexStringLower(hash)}");
        for (int i = 0; i < MostTries && holder is null; i++)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Bind(name);
                socket.Listen();
                var claim = new Claim(socket, key);
                new Thread(claim.Answer) { IsBackground = true, Name = "claim" }.Start();
                return claim;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                if (e.SocketErrorCode != SocketError.AddressAlreadyInUse) return null;
            }

            holder = Ask(name);
        }

        return null;
    }

    public void Dispose() => _socket.Dispose();

    private void Answer()
    {
        try
        {
            while (true)
            {
                using var other = _socket.Accept();
                other.Send(_key);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The relay is ending.
        }
    }

    /// <returns>Null if the holder is gone or does not answer.</returns>
    private static byte[]? Ask(UnixDomainSocketEndPoint name)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = AnswerMilliseconds };
        try
        {
            socket.Connect(name);
            byte[] answer = new byte[LongestKey];
            int length = 0;
            while (length < answer.Length && socket.Receive(answer.AsSpan(length)) is var count and > 0) length += count;
            return length == 0 ? null : answer[..length];
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
