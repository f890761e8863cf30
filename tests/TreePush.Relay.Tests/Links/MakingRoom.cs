using System.Net;
using System.Net.Sockets;
using TreePush.Relay.Links;

namespace TreePush.Relay.Tests.Links;

public sealed class MakingRoom
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(3);

    private readonly WaitingRoom _room = new(4);
    private readonly List<string> _closed = [];

    [Fact]
    public void Nobody_has_to_go_while_there_is_room()
    {
        Enter("10.0.0.1", "a b c d");
        _closed.Should().BeEmpty();
    }

    [Fact]
    public void Who_opens_many_connections_displaces_his_own()
    {
        Enter("10.0.0.2", "child");
        Enter("10.0.0.1", "a b c d e f g h", Later);
        _closed.Should().Equal("a", "b", "c", "d", "e");
    }

    [Fact]
    public void Child_that_is_just_showing_its_token_stays_also_when_it_comes_from_the_same_address()
    {
        var child = Enter("10.0.0.1", "child", Later)[0];
        child.Advance();
        Enter("10.0.0.1", "a b c d e f g h", Later);
        _closed.Should().NotContain("child");
    }

    [Fact]
    public void Among_equals_the_oldest_goes()
    {
        foreach (var guest in Enter("10.0.0.1", "a b c d")) guest.Advance();
        Enter("10.0.0.1", "e", Later);
        _closed.Should().Equal("a");
    }

    [Fact]
    public void Child_that_has_just_come_is_not_blamed_for_having_said_nothing()
    {
        foreach (var guest in Enter("10.0.0.1", "a b c")) guest.Advance();
        Enter("10.0.0.1", "child", Later);
        Enter("10.0.0.1", "d", Later);
        _closed.Should().Equal("a");
    }

    [Fact]
    public void Many_addresses_of_one_network_are_one()
    {
        Enter("2001:db8:0:1::1", "child");
        for (int i = 1; i < 8; i++) Enter($"2001:db8:0:2::{i}", $"s{i}", Later);
        _closed.Should().HaveCount(4).And.NotContain("child");
    }

    [Fact]
    public void Who_has_left_takes_no_room()
    {
        foreach (var guest in Enter("10.0.0.1", "a b c d")) _room.Leave(guest);
        Enter("10.0.0.1", "e f g h");
        _closed.Should().BeEmpty();
    }

    [Fact]
    public void Without_a_free_descriptor_the_relay_waits_and_says_so_once()
    {
        int accepts = 0, rests = 0;
        List<string> said = [];
        new Acceptor(() => throw new SocketException((int)(++accepts < 5 ? SocketError.TooManyOpenSockets : SocketError.OperationAborted)),
            () => accepts < 5, _ => { }, () => rests++, said.Add).Run();
        (accepts, rests).Should().Be((5, 4));
        said.Should().ContainSingle().Which.Should().StartWith("connections of other hosts have to wait: ");
    }

    [Fact]
    public void Connection_that_ended_before_it_was_taken_delays_nobody()
    {
        int accepts = 0;
        new Acceptor(() => throw new SocketException((int)(++accepts < 3 ? SocketError.ConnectionAborted : SocketError.OperationAborted)),
            () => accepts < 3, _ => { }, () => Assert.Fail("waits"), _ => Assert.Fail("says something")).Run();
        accepts.Should().Be(3);
    }

    private WaitingRoom.Guest[] Enter(string address, string names, TimeSpan at = default) =>
        [.. names.Split(' ').Select(name => _room.Enter(IPAddress.Parse(address), new Connection(() => _closed.Add(name)), at))];

    private sealed class Connection(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
