using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Tests.Remote;

public sealed class ForwardConnectionsTests : IAsyncDisposable
{
    private readonly ForwardConnections<FakeConnection> _connections = new(new Host("a"));
    private readonly FakeConnection _connection = new();

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        await _connection.DisposeAsync();
    }

    [Fact]
    public async Task Connection_stays_open_until_the_host_is_closed()
    {
        (await _connections.KeepAsync(_connection, () => Task.FromResult(7))).Should().Be(7);
        _connection.IsClosed.Should().BeFalse();
        await _connections.DisposeAsync();
        _connection.IsClosed.Should().BeTrue();
    }

    [Fact]
    public async Task Connection_whose_forwarding_is_refused_is_closed()
    {
        var keep = () => _connections.KeepAsync<int>(_connection, () => throw new IOException());
        await keep.Should().ThrowAsync<IOException>();
        _connection.IsClosed.Should().BeTrue();
    }

    [Fact]
    public async Task Connection_that_is_ready_after_the_host_was_closed_is_closed()
    {
        var ready = new TaskCompletionSource<int>();
        var keeping = _connections.KeepAsync(_connection, () => ready.Task);
        await _connections.DisposeAsync();
        ready.SetResult(7);
        (await keeping.Awaiting(k => k).Should().ThrowAsync<RemoteException>()).Which.Failure.Kind.Should().Be(FailureKind.ConnectionLost);
        _connection.IsClosed.Should().BeTrue();
    }

    private sealed class FakeConnection : IAsyncDisposable
    {
        public bool IsClosed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            return ValueTask.CompletedTask;
        }
    }
}
