using System.Net.Sockets;

namespace TreePush.Relay.Links;

/// <summary>
/// Sends the relay's own program to hosts that do not have it yet. A request must contain a token and gets nothing but the
/// program. The receiver knows the program's hash from the controller.
/// </summary>
/// <param name="program">The path of the program. The compressed program that is sent is the file beside it with the ending .gz.</param>
internal sealed class ProgramServer(byte[] secret, RateLimit limit, SendPriority way, string? program)
{
    private const int MostAtOnce = 4;
    private const int Portion = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HashSet<int> _used = [];
    private int _running;

    /// <summary>Whether the connection begins with a request for the program and not with a child's greeting. No byte is consumed.</summary>
    public static bool IsAsked(Socket socket)
    {
        Span<byte> first = stackalloc byte[1];
        return socket.Receive(first, SocketFlags.Peek) == 1 && first[0] == ProgramRequest.Mark[0];
    }

    /// <summary>Reads the request.</summary>
    /// <returns>Whether the controller made the request, and it was not used before.</returns>
    public bool IsGranted(Socket socket)
    {
        Span<byte> request = stackalloc byte[ProgramRequest.Size];
        for (int read = 0; read < request.Length;)
        {
            int more = socket.Receive(request[read..]);
            if (more == 0) return false;
            read += more;
        }

        if (ProgramRequest.Read(secret, request) is not { } number) return false;
        lock (_used) return _used.Add(number);
    }

    public void Give(Socket socket)
    {
        way.Take();
        try
        {
            if (Interlocked.Increment(ref _running) > MostAtOnce || program is null) return;
            using var file = File.OpenRead(program + ".gz");
            socket.SendTimeout = (int)Patience.TotalMilliseconds;
            var portion = new byte[Portion];
            for (int read; (read = file.Read(portion)) > 0;)
            {
                if (!limit.TryTake(read, Patience)) return;
                for (int sent = 0; sent < read;) sent += socket.Send(portion.AsSpan(sent, read - sent));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or ObjectDisposedException)
        {
            // The receiver checks what arrived, and gets the program from the controller instead.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            way.Yield();
            socket.Dispose();
        }
    }
}
