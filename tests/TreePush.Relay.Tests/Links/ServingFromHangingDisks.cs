using System.Net;
using System.Net.Sockets;
using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Tests.Links;

/// <summary>A parent whose disk hangs while it reads a piece: its child must not take it for dead, for the controller decides what becomes of it.</summary>
public sealed class ServingFromHangingDisks : IDisposable
{
    private readonly SmallLedger _ledger = new();
    private readonly Hanging _content = new();
    private readonly LinkStream _child;
    private readonly ChildLink _parent;

    public ServingFromHangingDisks()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect((IPEndPoint)listener.LocalEndpoint);
        var serving = new Serving(_ledger.PieceInventory, new FreshPieces(), new RateLimit(0))
        {
            NewEncoder = () => new PieceEncoder(_ledger.PieceInventory, _content, new PieceBufferPool(), compress: false),
        };
        _parent = new ChildLink(LinkStream.ToChild(listener.AcceptSocket(), null), new LinkMessage.Join(ProtocolVersion.Current, _ledger.Run, 1, [], [_ledger.Pages.Length]), serving);
        _child = LinkStream.ToParent(socket, key: null);
    }

    [Fact]
    public async Task A_child_hears_signs_of_life_while_its_parents_disk_hangs()
    {
        new Thread(_parent.Serve) { IsBackground = true }.Start();
        var (type, length) = _child.ReadHeader();
        type.Should().Be(FrameType.Welcome);
        _child.ReadPayload(length);
        Say(new LinkMessage.Need([new PieceRange(0, 1)]));
        await _content.HasBegun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        // A child says something every second, or oftener.
        using var alive = new Timer(_ => Say(new LinkMessage.Alive()), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        for (int i = 0; i < 3; i++) _child.ReadHeader().Should().Be((FrameType.Alive, 0));
    }

    public void Dispose()
    {
        _content.GoOn.TrySetResult();
        _parent.Dispose();
        _child.Dispose();
        _ledger.Dispose();
    }

    private void Say(LinkMessage message)
    {
        var writer = new WireWriter();
        var type = LinkCodec.Write(writer, message);
        try
        {
            _child.Write(type, writer.Written);
            _child.Flush();
        }
        catch (LinkException)
        {
            // The test is over.
        }
    }

    private sealed class Hanging : IContent
    {
        public TaskCompletionSource HasBegun { get; } = new();

        public TaskCompletionSource GoOn { get; } = new();

        public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes)
        {
            HasBegun.TrySetResult();
            GoOn.Task.Wait();
            return false;
        }
    }
}
