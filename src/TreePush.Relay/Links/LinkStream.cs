using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using TreePush.Core.Syncing;

namespace TreePush.Relay.Links;

/// <summary>
/// The connection of a link: frames over TLS 1.3, or over plain TCP if the user trusts the network. One thread reads and one
/// writes. A read fails if nothing arrived for <see cref="Patience"/>, because a live peer sends something every second.
/// </summary>
internal sealed class LinkStream : IDisposable
{
    /// <summary>How long the other end may be silent. Four heartbeats are missing then.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>How long a new connection may take to prove that it belongs to a child.</summary>
    public static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(5);

    /// <summary>The interval of heartbeats on an idle link.</summary>
    public static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(1);

    private const int BufferSize = 64 << 10;

    private readonly Socket? _socket;
    private readonly Stream _stream;
    private readonly byte[] _header = new byte[Frame.HeaderSize];
    private readonly byte[] _out = new byte[BufferSize];

    /// <summary>Held while something is written.</summary>
    private readonly Lock _writing = new();
    private int _outLength;
    private long _sent = Stopwatch.GetTimestamp();

    private LinkStream(Socket? socket, Stream stream) => (_socket, _stream) = (socket, stream);

    /// <summary>Creates the child's side of a new connection.</summary>
    /// <param name="key">The parent's public key; null for plain TCP.</param>
    /// <exception cref="AuthenticationException">The peer has another key.</exception>
    public static LinkStream ToParent(Socket socket, byte[]? key)
    {
        Prepare(socket);
        var network = new NetworkStream(socket, ownsSocket: true);
        if (key is null) return new LinkStream(socket, network);
        var tls = new SslStream(network, leaveInnerStreamOpen: false);
        tls.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "treepush",
            EnabledSslProtocols = SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null
                && CryptographicOperations.FixedTimeEquals(
                    ((System.Security.Cryptography.X509Certificates.X509Certificate2)certificate).PublicKey.ExportSubjectPublicKeyInfo(), key),
        });
        return new LinkStream(socket, tls);
    }

    /// <summary>Creates the parent's side of a new connection.</summary>
    /// <param name="context">The certificate; null for plain TCP.</param>
    public static LinkStream ToChild(Socket socket, SslStreamCertificateContext? context)
    {
        Prepare(socket);
        var network = new NetworkStream(socket, ownsSocket: true);
        if (context is null) return new LinkStream(socket, network);
        var tls = new SslStream(network, leaveInnerStreamOpen: false);
        tls.AuthenticateAsServer(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = context,
            EnabledSslProtocols = SslProtocols.Tls13,
            AllowTlsResume = false,
        });
        return new LinkStream(socket, tls);
    }

    /// <summary>Creates a link over an existing stream, for tests.</summary>
    public static LinkStream Over(Stream stream) => new(null, stream);

    /// <summary>Whether the socket has no unread data.</summary>
    public bool IsDrained
    {
        get
        {
            try
            {
                return _socket is null or { Available: 0 };
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The next read reports the failure.
                return true;
            }
        }
    }

    /// <summary>Reads the header of a frame.</summary>
    public (FrameType Type, int Payload) ReadHeader()
    {
        ReadExactly(_header);
        return Frame.ReadHeader(_header);
    }

    public void ReadExactly(Span<byte> bytes)
    {
        try
        {
            _stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException)
        {
            throw new LinkException(LinkFault.Closed, "the connection was closed");
        }
        catch (IOException e)
        {
            throw Translated(e);
        }
        catch (ObjectDisposedException)
        {
            throw new LinkException(LinkFault.Closed, "the connection was closed here");
        }
    }

    /// <summary>Reads the payload of a frame. The buffer grows as data arrives, because the length is only the sender's claim.</summary>
    public byte[] ReadPayload(int length)
    {
        byte[] payload = new byte[Math.Min(length, BufferSize)];
        ReadExactly(payload);
        for (int at = payload.Length; at < length; at = payload.Length)
        {
            Array.Resize(ref payload, (int)Math.Min(length, 2L * at));
            ReadExactly(payload.AsSpan(at));
        }

        return payload;
    }

    /// <summary>Adds a frame to the output buffer, to be sent with others.</summary>
    public void Write(FrameType type, ReadOnlySpan<byte> payload)
    {
        lock (_writing) Add(type, payload);
    }

    /// <summary>
    /// Sends a heartbeat if nothing was sent for a second, as when the writing thread waits for a disk. It does nothing while
    /// that thread is writing.
    /// </summary>
    public void KeepAlive()
    {
        if (!_writing.TryEnter()) return;
        try
        {
            if (Stopwatch.GetElapsedTime(_sent) < AliveEvery) return;
            Add(FrameType.Alive, []);
            SendOut();
        }
        finally
        {
            _writing.Exit();
        }
    }

    private void Add(FrameType type, ReadOnlySpan<byte> payload)
    {
        if (_outLength + Frame.HeaderSize + payload.Length > BufferSize) SendOut();
        if (Frame.HeaderSize + payload.Length > BufferSize)
        {
            var whole = new byte[Frame.HeaderSize + payload.Length];
            Frame.WriteHeader(whole, type, payload.Length);
            payload.CopyTo(whole.AsSpan(Frame.HeaderSize));
            Send(whole);
            return;
        }

        Frame.WriteHeader(_out.AsSpan(_outLength), type, payload.Length);
        payload.CopyTo(_out.AsSpan(_outLength + Frame.HeaderSize));
        _outLength += Frame.HeaderSize + payload.Length;
    }

    /// <summary>Sends a frame that includes its header. A short frame is buffered.</summary>
    public void WriteWhole(ReadOnlySpan<byte> frame)
    {
        lock (_writing) AddWhole(frame);
    }

    private void AddWhole(ReadOnlySpan<byte> frame)
    {
        if (_outLength + frame.Length <= BufferSize)
        {
            frame.CopyTo(_out.AsSpan(_outLength));
            _outLength += frame.Length;
            return;
        }

        SendOut();
        if (frame.Length <= BufferSize / 2)
        {
            frame.CopyTo(_out);
            _outLength = frame.Length;
        }
        else Send(frame);
    }

    public void Flush()
    {
        lock (_writing) SendOut();
    }

    private void SendOut()
    {
        if (_outLength == 0) return;
        Send(_out.AsSpan(0, _outLength));
        _outLength = 0;
    }

    /// <summary>Ends both directions at once. Threads that wait in a read or write fail.</summary>
    public void Dispose()
    {
        _socket?.Dispose();
        _stream.Dispose();
    }

    private static void Prepare(Socket socket)
    {
        if (socket.AddressFamily != AddressFamily.Unix) socket.NoDelay = true;
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
            _sent = Stopwatch.GetTimestamp();
        }
        catch (IOException e)
        {
            throw Translated(e);
        }
        catch (ObjectDisposedException)
        {
            throw new LinkException(LinkFault.Closed, "the connection was closed here");
        }
    }

    private static LinkException Translated(IOException e) => e.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock }
        ? new LinkException(LinkFault.Silent, $"nothing arrived for {Patience.TotalSeconds:0} s")
        : new LinkException(LinkFault.Closed, e.InnerException?.Message ?? e.Message);
}
