using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using TreePush.Core.Manifests;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Tests.Links;

/// <summary>Who connects without the controller's word gets nothing, and keeps nobody else from anything.</summary>
public sealed class Strangers : IDisposable
{
    private static readonly byte[] Secret = new byte[LinkToken.SecretSize];

    private readonly SmallLedger _ledger = new();
    private readonly Listener _listener;
    private readonly List<IDisposable> _open = [];
    private int _link;

    public Strangers()
    {
        var content = new KnownContent(_ledger);
        var pool = new PieceBufferPool();
        var serving = new Serving(_ledger.PieceInventory, new FreshPieces(), new RateLimit(0))
        {
            NewEncoder = () => new PieceEncoder(_ledger.PieceInventory, content, pool, compress: false),
        };
        _listener = new Listener(new ControlMessage.Start(RelayRole.Source, _ledger.Run, "", Secret), _ledger.Identity, serving, _ => { });
    }

    [Fact]
    public void Child_with_a_token_is_welcome_and_told_the_ledger()
    {
        var stream = Connect();
        Say(stream, Join());
        ReadFrame(stream).Should().Be(FrameType.Welcome);
        stream.ReadHeader().Type.Should().Be(FrameType.Ledger);
    }

    [Fact]
    public void Child_that_knows_all_is_welcome_and_hears_signs_of_life_while_others_keep_its_parent_busy()
    {
        using var busy = new Timer(_ => _ledger.Wake(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        var stream = Connect();
        Say(stream, Join() with { Known = [_ledger.Pages.Length] });
        ReadFrame(stream).Should().Be(FrameType.Welcome);
        stream.ReadHeader().Should().Be((FrameType.Alive, 0));
    }

    [Fact]
    public void Token_is_good_once()
    {
        var join = Join();
        IsWelcome(join).Should().BeTrue();
        IsWelcome(join).Should().BeFalse();
        IsWelcome(Join()).Should().BeTrue();
    }

    [Fact]
    public void Wrong_token_run_or_version_is_sent_away_and_does_not_use_the_token_up()
    {
        var join = Join();
        IsWelcome(join with { Token = new byte[LinkToken.Size] }).Should().BeFalse();
        IsWelcome(join with { Link = join.Link + 1 }).Should().BeFalse();
        IsWelcome(join with { Run = new byte[16] }).Should().BeFalse();
        IsWelcome(join with { Version = ProtocolVersion.Current + 1 }).Should().BeFalse();
        IsWelcome(join).Should().BeTrue();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("SSH-2.0-scanner\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("treepush-program ")]
    [InlineData("treepush-program 0000000000000000000000000000000000000000000000000000000000000000\n")]
    [InlineData("")]
    public void Bytes_of_another_protocol_get_the_connection_closed(string said)
    {
        var socket = Raw();
        socket.Send(Encoding.Latin1.GetBytes(said));
        socket.Shutdown(SocketShutdown.Send);
        // An alert of TLS at most, and the end.
        Drain(socket).Should().BeLessThan(100);
        IsWelcome(Join()).Should().BeTrue();
    }

    [Theory]
    [InlineData(FrameType.Need, 1)]
    [InlineData(FrameType.Join, 3)]
    [InlineData(FrameType.Join, 5000)]
    [InlineData((FrameType)99, 0)]
    public void First_frame_that_is_no_join_gets_the_connection_closed(FrameType type, int length)
    {
        var stream = Connect();
        stream.Write(type, new byte[length]);
        stream.Flush();
        stream.Invoking(s => s.ReadHeader()).Should().Throw<LinkException>();
        IsWelcome(Join()).Should().BeTrue();
    }

    [Fact]
    public void Any_number_of_strangers_who_say_nothing_keep_no_child_out()
    {
        for (int i = 0; i < 50; i++) Raw();
        IsWelcome(Join()).Should().BeTrue();
        for (int i = 0; i < 50; i++) Raw().Send([0x16]);
        IsWelcome(Join()).Should().BeTrue();
    }

    [Fact]
    public void Child_trusts_no_other_key_than_the_one_it_was_told()
    {
        using var other = new RelayIdentity();
        FluentActions.Invoking(() => LinkStream.ToParent(Raw(), other.PublicKey)).Should().Throw<AuthenticationException>();
    }

    [Fact]
    public void Child_that_talks_nonsense_loses_its_link_alone()
    {
        var (first, second) = (Connect(), Connect());
        Say(first, Join());
        Say(second, Join());
        first.Write(FrameType.Need, [0xFF, 0xFF]);
        first.Flush();
        FluentActions.Invoking(() => ReadToEnd(first)).Should().Throw<LinkException>();
        for (int i = 0; i < 1 + _ledger.Pages.Length; i++) second.ReadExactly(new byte[second.ReadHeader().Payload]);
        Say(second, new LinkMessage.Need([new PieceRange(0, 1)]));
        FrameType type;
        while ((type = ReadFrame(second)) == FrameType.Alive) { }
        type.Should().Be(FrameType.Piece);
    }

    [Fact]
    public void Need_for_pieces_that_are_not_listed_yet_waits_for_them()
    {
        var stream = Connect();
        Say(stream, Join());
        Say(stream, new LinkMessage.Need([new PieceRange(3, 3)]));
        _ledger.ListAgain();
        FrameType type;
        while ((type = ReadFrame(stream)) != FrameType.Piece) type.Should().BeOneOf(FrameType.Welcome, FrameType.Ledger, FrameType.Alive);
    }

    public void Dispose()
    {
        _open.ForEach(o => o.Dispose());
        _listener.Dispose();
        _ledger.Dispose();
    }

    private bool IsWelcome(LinkMessage.Join join)
    {
        var stream = Connect();
        Say(stream, join);
        try
        {
            return ReadFrame(stream) == FrameType.Welcome;
        }
        catch (LinkException)
        {
            return false;
        }
    }

    private LinkMessage.Join Join() => new(ProtocolVersion.Current, _ledger.Run, ++_link, LinkToken.Make(Secret, _link), []);

    private Socket Raw()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open.Add(socket);
        socket.Connect(IPAddress.Loopback, _listener.Port);
        return socket;
    }

    private LinkStream Connect()
    {
        var stream = LinkStream.ToParent(Raw(), _ledger.Identity.PublicKey);
        _open.Add(stream);
        return stream;
    }

    private static void Say(LinkStream stream, LinkMessage message)
    {
        var writer = new WireWriter();
        stream.Write(LinkCodec.Write(writer, message), writer.Written);
        stream.Flush();
    }

    private static FrameType ReadFrame(LinkStream stream)
    {
        var (type, length) = stream.ReadHeader();
        stream.ReadExactly(new byte[length]);
        return type;
    }

    private static void ReadToEnd(LinkStream stream)
    {
        while (true) ReadFrame(stream);
    }

    private static int Drain(Socket socket)
    {
        int count = 0;
        try
        {
            for (int read; (read = socket.Receive(new byte[1000])) > 0;) count += read;
        }
        catch (SocketException)
        {
            // A reset is an end as well.
        }

        return count;
    }

    private sealed class KnownContent(SmallLedger ledger) : IContent
    {
        public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes)
        {
            ledger.Content.AsSpan((int)extent.Offset, extent.Length).CopyTo(bytes);
            return true;
        }
    }
}
