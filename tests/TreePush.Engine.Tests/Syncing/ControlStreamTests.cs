using System.IO.Pipelines;
using TreePush.Core.Hosts;
using TreePush.Core.Wire;
using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

public sealed class ControlStreamTests : IDisposable
{
    private readonly FakeRelay _relay = new(new Host("a"));
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Messages_go_out_in_order()
    {
        var (control, writing) = Begin();
        control.Send(new ControlMessage.Trust([[1]]));
        control.Send(new ControlMessage.Trust([[2]]));
        (await _relay.HearAsync<ControlMessage.Trust>()).Signers.Single().Should().Equal(1);
        (await _relay.HearAsync<ControlMessage.Trust>()).Signers.Single().Should().Equal(2);
        control.Close();
        await writing.WaitAsync(Patience.Usual);
    }

    [Fact]
    public async Task A_heartbeat_is_sent_every_few_seconds_without_anybody_asking()
    {
        var (control, writing) = Begin();
        for (int i = 0; i < 3; i++)
        {
            _time.Pass(TimeSpan.FromSeconds(3));
            await _relay.HearAsync<ControlMessage.Alive>();
        }

        control.Close();
        await writing.WaitAsync(Patience.Usual);
    }

    [Fact]
    public async Task Writing_ends_with_the_relay_and_what_is_sent_afterwards_leads_nowhere()
    {
        var gone = new Pipe();
        await gone.Writer.CompleteAsync();
        var control = new ControlStream(new Gone(), gone.Reader.AsStream(), _time);
        var writing = control.WriteAllAsync(CancellationToken.None);
        control.Send(new ControlMessage.Alive());
        await writing.WaitAsync(Patience.Usual);
        control.Send(new ControlMessage.Alive());
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 9, 35, 1 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255 })]
    public async Task What_is_no_message_is_told(byte[] said)
    {
        var (control, _) = Begin();
        _relay.Say(said);
        _relay.End();
        var listen = async () =>
        {
            await foreach (var _ in control.ReadAllAsync(CancellationToken.None)) { }
        };
        await listen.Should().ThrowAsync<WireException>().WaitAsync(Patience.Usual);
    }

    public void Dispose() => _relay.End();

    private (ControlStream Control, Task Writing) Begin()
    {
        var control = new ControlStream(_relay.Input, _relay.Output, _time);
        return (control, control.WriteAllAsync(CancellationToken.None));
    }

    /// <summary>A pipe whose reader is gone.</summary>
    private sealed class Gone : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("broken pipe");
    }
}
