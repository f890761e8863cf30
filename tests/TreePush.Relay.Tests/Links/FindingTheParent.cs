using TreePush.Core.Manifests;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Tests.Links;

public sealed class FindingTheParent : IDisposable
{
    private const string Here = "127.0.0.1";

    private static readonly byte[] Secret = new byte[LinkToken.SecretSize];

    private readonly SmallLedger _ledger = new();
    private readonly ControlMessage.Start _start;
    private readonly Listener _listener;

    public FindingTheParent()
    {
        _start = new ControlMessage.Start(RelayRole.Source, _ledger.Run, "", Secret);
        _listener = new Listener(_start, _ledger.Identity, new Serving(_ledger.PieceInventory, new FreshPieces(), new RateLimit(0))
        {
            NewEncoder = () => new PieceEncoder(_ledger.PieceInventory, new Nothing(), new PieceBufferPool(), compress: false),
        }, _ => { });
    }

    [Fact]
    public void Address_that_leads_nowhere_is_passed_over()
    {
        using var stream = Dial(new Endpoint(Here, 1), new Endpoint("/no/such/socket", 0, EndpointKind.Socket), new Endpoint(new string('x', 300), 1, EndpointKind.Name), new Endpoint(Here, _listener.Port));
        stream.ReadHeader().Type.Should().Be(FrameType.Ledger);
    }

    [Theory]
    [InlineData("/run/other.sock")]
    [InlineData("localhost")]
    [InlineData("")]
    public void What_another_relay_calls_its_address_is_neither_a_socket_nor_looked_up(string address) =>
        Failing(new Endpoint(address, _listener.Port)).Fault.Should().Be(LinkFault.Unreachable);

    [Fact]
    public void Where_no_address_answers_the_parent_is_unreachable() => Failing(new Endpoint(Here, 1)).Fault.Should().Be(LinkFault.Unreachable);

    [Fact]
    public void Parent_with_another_key_is_refused()
    {
        using var other = new RelayIdentity();
        Failing(other.PublicKey, LinkToken.Make(Secret, 1), new Endpoint(Here, _listener.Port)).Fault.Should().Be(LinkFault.Refused);
    }

    [Fact]
    public void Parent_that_does_not_take_the_token_is_refused() =>
        Failing(_ledger.Identity.PublicKey, new byte[LinkToken.Size], new Endpoint(Here, _listener.Port)).Fault.Should().Be(LinkFault.Refused);

    [Fact]
    public void Need_for_what_cannot_be_read_here_any_more_ends_the_link()
    {
        using var stream = Dial(new Endpoint(Here, _listener.Port));
        var writer = new WireWriter();
        stream.Write(LinkCodec.Write(writer, new LinkMessage.Need([new PieceRange(0, 1)])), writer.Written);
        stream.Flush();
        FluentActions.Invoking(() =>
        {
            while (true) stream.ReadExactly(new byte[stream.ReadHeader().Payload]);
        }).Should().Throw<LinkException>();
        _ledger.PieceInventory.Servable.IsEmpty.Should().BeTrue("nobody is offered it again");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _ledger.Dispose();
    }

    private LinkStream Dial(params Endpoint[] endpoints) => Dialer(_ledger.Identity.PublicKey, LinkToken.Make(Secret, 1), endpoints).Dial().Stream;

    private LinkException Failing(params Endpoint[] endpoints) => Failing(_ledger.Identity.PublicKey, LinkToken.Make(Secret, 1), endpoints);


    private LinkException Failing(byte[] key, byte[] token, params Endpoint[] endpoints) =>
        FluentActions.Invoking(() => Dialer(key, token, endpoints).Dial()).Should().Throw<LinkException>().Which;

    private Dialer Dialer(byte[] key, byte[] token, Endpoint[] endpoints) =>
        new(new ControlMessage.Attach(1, endpoints, key, token, []) { Source = TreePlace.Unknown }, _start, []);

    private sealed class Nothing : IContent
    {
        public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes) => false;
    }
}
