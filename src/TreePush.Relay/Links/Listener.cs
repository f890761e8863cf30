using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using TreePush.Relay.Targets;

namespace TreePush.Relay.Links;

/// <summary>
/// Accepts connections from children. A peer without an unused token that the controller made for this relay and this run is
/// disconnected without an answer. Strangers cost one thread each for a short time, and their number is limited.
/// </summary>
internal sealed class Listener : IDisposable
{
    private const int MostStrangers = 32;

    /// <summary>How long to pause after a connection could not be accepted, unless another connection ends.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly ControlMessage.Start _start;
    private readonly Serving _serving;
    private readonly ProgramServer _programs;
    private readonly SslStreamCertificateContext? _context;
    private readonly HashSet<int> _used = [];
    private readonly WaitingRoom _room = new(MostStrangers);
    private readonly Dictionary<int, ChildLink> _children = [];

    /// <param name="say">Called with what a person should know.</param>
    /// <exception cref="RelayFaultException">None of the allowed ports is free.</exception>
    public Listener(ControlMessage.Start start, RelayIdentity identity, Serving serving, Action<string> say)
    {
        (_start, _serving) = (start, serving);
        _programs = new ProgramServer(start.Secret, serving.Limit, serving.Way, Environment.ProcessPath);
        _context = start.Options.Plain ? null : SslStreamCertificateContext.Create(identity.Certificate, additionalCertificates: null, offline: true);
        _socket = Bind(start.Options);
        _socket.Listen(128);
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        var acceptor = new Acceptor(_socket.Accept, () => _socket.IsBound, Take, () => _room.AwaitLeaving(Rest), say);
        new Thread(acceptor.Run) { IsBackground = true, Name = "listener" }.Start();
    }

    public int Port { get; }

    public IReadOnlyList<ChildLink> Children
    {
        get
        {
            lock (_children) return [.. _children.Values];
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        foreach (var child in Children) child.Dispose();
    }

    private static Socket Bind(RelayOptions options)
    {
        for (int port = options.FirstPort; ; port++)
            try
            {
                return BindTo(port);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && port < options.LastPort)
            {
                // The port is used, perhaps by another relay. Try the next one.
            }
            catch (SocketException e) when (options.FirstPort > 0)
            {
                string range = options.FirstPort == options.LastPort ? $"port {options.FirstPort}" : $"any of the ports {options.FirstPort}-{options.LastPort}";
                throw new RelayFaultException(RelayFault.NoPort, $"the relay can't listen on {range}: {e.Message}");
            }
    }

    private static Socket BindTo(int port)
    {
        var socket = Socket.OSSupportsIPv6 ? new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true }
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private void Take(Socket socket)
    {
        var guest = _room.Enter(((IPEndPoint)socket.RemoteEndPoint!).Address, socket, TimeSpan.FromMilliseconds(Environment.TickCount64));
        new Thread(() => Meet(socket, guest)) { IsBackground = true, Name = "child" }.Start();
    }

    private void Meet(Socket socket, WaitingRoom.Guest guest)
    {
        ChildLink? link = null;
        bool isGranted = false;
        try
        {
            // Disconnect a stranger that sends nothing, or a byte at a time.
            using var patience = new Timer(_ => socket.Dispose(), null, LinkStream.JoinPatience, Timeout.InfiniteTimeSpan);
            bool isAsked = ProgramServer.IsAsked(socket);
            guest.Advance();
            if (!isAsked) link = Greet(socket, guest);
            else if (!(isGranted = _programs.IsGranted(socket))) socket.Dispose();
        }
        catch (Exception)
        {
            // Any failure that a stranger causes ends its connection and nothing else.
            socket.Dispose();
        }
        finally
        {
            _room.Leave(guest);
        }

        if (isGranted) _programs.Give(socket);
        if (link is null) return;
        lock (_children) _children[link.Number] = link;
        link.Serve();
        lock (_children) _children.Remove(link.Number);
    }

    /// <returns>The link; null for a stranger.</returns>
    private ChildLink? Greet(Socket socket, WaitingRoom.Guest guest)
    {
        var stream = LinkStream.ToChild(socket, _context);
        guest.Advance();
        var (type, length) = stream.ReadHeader();
        if (type == FrameType.Join && length <= 4096)
        {
            var payload = new byte[length];
            stream.ReadExactly(payload);
            if (LinkCodec.Read(type, payload) is LinkMessage.Join join && IsWanted(join)) return new ChildLink(stream, join, _serving);
        }

        stream.Dispose();
        return null;
    }

    private bool IsWanted(LinkMessage.Join join)
    {
        bool valid = join.Version == ProtocolVersion.Current && join.Run.AsSpan().SequenceEqual(_start.Run) && LinkToken.IsValid(_start.Secret, join.Link, join.Token);
        lock (_used) return valid && _used.Add(join.Link);
    }
}
