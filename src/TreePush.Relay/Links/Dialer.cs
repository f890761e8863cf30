using System.Net;
using System.Net.Sockets;
using TreePush.Core.Syncing;

namespace TreePush.Relay.Links;

/// <summary>
/// Connects to a parent. The parent's addresses are tried in turn, the next one if the last has not answered within a moment. The
/// first one that proves to be the parent and accepts the token is used.
/// </summary>
internal sealed class Dialer(ControlMessage.Attach attach, ControlMessage.Start start, IReadOnlyList<long> known)
{
    /// <summary>The longest first frame of a parent, in bytes.</summary>
    private const int MostAnswer = 1 << 14;

    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly List<Socket> _sockets = [];
    private readonly List<string> _faults = [];
    private LinkStream? _winner;
    private IReadOnlyList<long> _parentKnows = [];
    private int _running;
    private bool _answered;
    private bool _over;

    /// <returns>The link, and how many pages of each signer the parent has.</returns>
    /// <exception cref="LinkException">No address leads to the parent.</exception>
    public (LinkStream Stream, IReadOnlyList<long> ParentKnows) Dial()
    {
        var until = DateTime.UtcNow + Patience;
        lock (_gate)
        {
            for (int i = 0; i < attach.Endpoints.Count; i++)
            {
                var endpoint = attach.Endpoints[i];
                _running++;
                new Thread(() => Try(endpoint)) { IsBackground = true, Name = "dial" }.Start();
                var next = DateTime.UtcNow + Stagger;
                while (_winner is null && _running > 0 && DateTime.UtcNow < next) TimedWait.For(_gate, Left(next));
                if (_winner is not null) break;
            }

            while (_winner is null && _running > 0 && DateTime.UtcNow < until) TimedWait.For(_gate, Left(until));
            _over = true;
            foreach (var socket in _sockets) socket.Dispose();
            if (_winner is not null) return (_winner, _parentKnows);
            if (_faults.Count == 0) _faults.Add($"no answer from {string.Join(", ", attach.Endpoints)} within {Patience.TotalSeconds:0} s");
            throw new LinkException(_answered ? LinkFault.Refused : LinkFault.Unreachable, string.Join("; ", _faults));
        }
    }

    private static TimeSpan Left(DateTime until) => until > DateTime.UtcNow ? until - DateTime.UtcNow : TimeSpan.Zero;

    private void Try(Endpoint endpoint)
    {
        Socket? socket = null;
        LinkStream? stream = null;
        IReadOnlyList<long> parentKnows = [];
        string? fault = null;
        bool answered = false;
        try
        {
            socket = Connect(endpoint);
            answered = true;
            stream = LinkStream.ToParent(socket, start.Options.Plain ? null : attach.ParentKey);
            parentKnows = Join(stream);
        }
        catch (Exception e)
        {
            // Any fault at this endpoint, or in its name, concerns this endpoint only: the next one may work.
            fault = $"{endpoint}: {e.Message}";
            stream?.Dispose();
            socket?.Dispose();
        }

        lock (_gate)
        {
            _running--;
            if (fault is not null)
            {
                if (!_over) _faults.Add(fault);
                _answered |= answered;
            }
            else if (_over || _winner is not null) stream!.Dispose();
            else
            {
                (_winner, _parentKnows) = (stream, parentKnows);
                _sockets.Remove(socket!);
            }

            Monitor.PulseAll(_gate);
        }
    }

    private Socket Connect(Endpoint endpoint)
    {
        var (family, end) = Find(endpoint);
        var socket = new Socket(family, SocketType.Stream, family == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        lock (_gate)
        {
            if (_over) socket.Dispose();
            else _sockets.Add(socket);
        }

        socket.Connect(end);
        return socket;
    }

    /// <summary>
    /// Resolves an endpoint. Only an endpoint that the controller or the user named can be a socket path or is looked up. An
    /// endpoint that another relay named must be a numeric address.
    /// </summary>
    private static (AddressFamily Family, EndPoint End) Find(Endpoint endpoint)
    {
        if (endpoint.Kind == EndpointKind.Socket) return (AddressFamily.Unix, new UnixDomainSocketEndPoint(endpoint.Host));
        if (NumericAddress.Parse(endpoint.Host) is { } address) return (address.AddressFamily, new IPEndPoint(address, endpoint.Port));
        if (endpoint.Kind == EndpointKind.Address) throw new SocketException((int)SocketError.HostNotFound);
        var addresses = Dns.GetHostAddresses(endpoint.Host);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        return (addresses[0].AddressFamily, new IPEndPoint(addresses[0], endpoint.Port));
    }

    private IReadOnlyList<long> Join(LinkStream stream)
    {
        var writer = new WireWriter();
        var type = LinkCodec.Write(writer, new LinkMessage.Join(ProtocolVersion.Current, start.Run, attach.Link, attach.Token, known));
        stream.Write(type, writer.Written);
        stream.Flush();
        (type, int length) = stream.ReadHeader();
        var answer = type is FrameType.Welcome or FrameType.Farewell && length < MostAnswer ? LinkCodec.Read(type, stream.ReadPayload(length)) : null;
        return answer switch
        {
            LinkMessage.Welcome welcome => welcome.Known,
            LinkMessage.Farewell farewell => throw new WireException(farewell.Reason),
            _ => throw new WireException("it does not answer as a parent does"),
        };
    }
}
