using System.Net;
using System.Net.Sockets;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;
using TreePush.Relay.Targets;
using TreePush.Relay.Tests.Files;

namespace TreePush.Relay.Tests.Links;

/// <summary>A child with an empty tree, and a real connection to a parent that says whatever a test makes it say.</summary>
internal sealed class Child : IDisposable
{
    private readonly Workplace _place = new();
    private readonly LedgerReader _reader;
    private readonly Receiver _receiver;
    private readonly FilesUnderWay _underWay;
    private readonly ParentLink _link;
    private readonly NetworkStream _parent;

    public Child(SmallLedger ledger, params RelayIdentity[] successors)
    {
        _reader = new LedgerReader(ledger.Run, PieceInventory);
        _reader.Trust([ledger.Identity.PublicKey, .. successors.Select(s => s.PublicKey)]);
        var tree = _place.OpenTarget();
        _underWay = new FilesUnderWay(tree, PieceInventory);
        _receiver = new Receiver(PieceInventory, new FreshPieces(), _underWay, new PathFailures(_ => { }, () => false), _ => { });
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect((IPEndPoint)listener.LocalEndpoint);
        _parent = new NetworkStream(listener.AcceptSocket(), ownsSocket: true);
        _link = new ParentLink(1, LinkStream.ToParent(socket, key: null), [], _reader, new PieceBufferPool(), _receiver);
    }

    public PieceInventory PieceInventory { get; } = new();

    public string[] FilesThere => Directory.Exists(_place.Target) ? [.. Directory.GetFiles(_place.Target).Select(Path.GetFileName).Order()!] : [];

    /// <summary>Knows the pages, and needs all pieces that they list.</summary>
    public Child Knowing(IEnumerable<byte[]> pages)
    {
        foreach (byte[] page in pages) _reader.Take(page);
        NeedAll();
        return this;
    }

    public void NeedAll()
    {
        lock (PieceInventory.Gate)
            for (int piece = 0; piece < PieceInventory.Catalog.Pieces; piece++) _receiver.AddNeed(piece);
    }

    /// <summary>Takes all that the parent says until one of the two has enough.</summary>
    public LinkException Hear(params byte[][] said)
    {
        var saying = Task.Run(() =>
        {
            try
            {
                foreach (byte[] bytes in said) _parent.Write(bytes);
                _parent.Socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // The child has had enough.
            }
        });
        var end = FluentActions.Invoking(_link.Run).Should().Throw<LinkException>().Which;
        saying.Wait();
        return end;
    }

    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(_place.Target, file));

    public void Dispose()
    {
        _link.Dispose();
        _parent.Dispose();
        _underWay.AbandonAll();
        _reader.Dispose();
        _place.Dispose();
    }
}
