using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Engine.Remote;
using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

public sealed class RelaySessionTests : IDisposable
{
    private static readonly Failure Gone = new(FailureKind.ConnectionLost, "gone");

    private readonly FakeRelay _relay = new(new Host("a"));
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_relay_that_is_ready_was_told_what_it_is_for()
    {
        _relay.Say(FakeRelay.Ready());
        await using var session = await StartAsync();
        session.Ready.Port.Should().Be(7000);
        (await _relay.HearAsync<ControlMessage.Start>()).Path.Should().Be("/dest");
    }

    [Fact]
    public async Task A_relay_that_fails_before_it_is_ready_is_no_session()
    {
        _relay.Say(new ControlMessage.Failed(RelayFault.NoSource, false, "no such file"));
        (await RefusalAsync()).Kind.Should().Be(FailureKind.HostUnusable);
        await _relay.Disposed.WaitAsync(Patience.Usual);
    }

    [Fact]
    public async Task A_relay_that_ends_before_it_is_ready_tells_why()
    {
        _relay.End(Gone);
        (await RefusalAsync()).Should().Be(Gone);
    }

    [Fact]
    public async Task A_relay_that_begins_with_something_else_is_no_session()
    {
        _relay.Say(new ControlMessage.Linked(1));
        (await RefusalAsync()).Kind.Should().Be(FailureKind.RelayFault);
    }

    [Fact]
    public async Task A_relay_that_does_not_respond_is_not_waited_for()
    {
        var starting = RefusalAsync();
        await _relay.HearAsync<ControlMessage.Start>();
        while (!starting.IsCompleted)
        {
            _time.Pass(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        (await starting).Hint.Should().Contain("file system");
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_no_relay()
    {
        using var ended = new CancellationTokenSource();
        var starting = StartAsync(ended.Token);
        await ended.CancelAsync();
        await starting.Awaiting(s => s).Should().ThrowAsync<OperationCanceledException>().WaitAsync(Patience.Usual);
        await _relay.Disposed.WaitAsync(Patience.Usual);
    }

    [Fact]
    public async Task Everything_that_a_relay_says_is_handed_over_before_its_end()
    {
        _relay.Say(FakeRelay.Ready());
        await using var session = await StartAsync();
        for (int i = 0; i < 100; i++) _relay.Say(new ControlMessage.Linked(i));
        _relay.End(Gone);
        var heard = new List<ControlMessage>();
        (await session.ListenAsync(heard.Add).WaitAsync(Patience.Usual)).Should().Be(Gone);
        heard.OfType<ControlMessage.Linked>().Select(l => l.Link).Should().Equal(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task A_session_that_is_closed_while_it_is_listened_to_tells_of_no_loss()
    {
        _relay.Say(FakeRelay.Ready());
        var session = await StartAsync();
        var listening = session.ListenAsync(_ => { });
        await session.DisposeAsync();
        await _relay.Disposed.WaitAsync(Patience.Usual);
        if (await Record.ExceptionAsync(() => listening.WaitAsync(Patience.Usual)) is { } e) e.Should().BeAssignableTo<OperationCanceledException>();
        session.Send(new ControlMessage.Alive());
    }

    public void Dispose() => _relay.End();

    private Task<RelaySession> StartAsync(CancellationToken ct = default) =>
        RelaySession.StartAsync(_relay, new ControlMessage.Start(RelayRole.Target, new byte[16], "/dest", new byte[32]), _time, ct);

    private async Task<Failure> RefusalAsync() =>
        (await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<RemoteException>().WaitAsync(Patience.Usual)).Which.Failure;
}
