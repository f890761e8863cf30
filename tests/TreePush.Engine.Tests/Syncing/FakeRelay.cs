using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using TreePush.Core.Hosts;
using TreePush.Core.Manifests;
using TreePush.Core.Runs;
using TreePush.Core.Wire;
using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>A relay's two streams in memory: tests say what it says, and see what the controller says.</summary>
internal sealed class FakeRelay : IRelayProcess
{
    private readonly Pipe _toRelay = new();
    private readonly Pipe _fromRelay = new();
    private readonly Channel<ControlMessage> _heard = Channel.CreateUnbounded<ControlMessage>();
    private readonly TaskCompletionSource<RelayExit> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeRelay(Host host)
    {
        Host = host;
        (Input, Output) = (new ProcessInput(_toRelay.Writer), _fromRelay.Reader.AsStream());
        _ = ListenAsync();
    }

    /// <summary>What all fake relays have for a key.</summary>
    public static byte[] Key { get; } = NewKey();

    public Host Host { get; }

    public Stream Input { get; }

    public Stream Output { get; }

    public Task<RelayExit> Ended => _ended.Task;

    public SshAddresses? Addresses { get; init; }

    public string Program => "fake";

    /// <summary>Completes when the controller has let go of it.</summary>
    public Task Disposed => _disposed.Task;

    /// <summary>Ways through the controller that were asked for.</summary>
    public List<EndPoint> Forwards { get; } = [];

    public static ControlMessage.Ready Ready(params string[] addresses) => new(7000, Key, addresses, TreePlace.Unknown);

    public void Say(ControlMessage message)
    {
        var writer = new WireWriter();
        var type = ControlCodec.Write(writer, message);
        var header = new byte[Frame.HeaderSize];
        Frame.WriteHeader(header, type, writer.Length);
        Say([.. header, .. writer.Written]);
    }

    public void Say(params byte[] bytes) => _fromRelay.Writer.WriteAsync(bytes).AsTask().Wait();

    /// <summary>Waits for the controller's next message of a kind; what comes before it is passed over.</summary>
    public async Task<T> HearAsync<T>() where T : ControlMessage
    {
        using var patience = new CancellationTokenSource(Patience.Usual);
        while (true)
            if (await _heard.Reader.ReadAsync(patience.Token) is T wanted) return wanted;
    }

    /// <summary>The relay, or the connection to it, is gone.</summary>
    public void End(Failure? failure = null)
    {
        _ended.TrySetResult(new RelayExit(failure is null ? 0 : 1, [], failure));
        _fromRelay.Writer.Complete();
    }

    public Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct)
    {
        Forwards.Add(end);
        return Task.FromResult(9000);
    }

    public Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct)
    {
        Forwards.Add(new IPEndPoint(IPAddress.Loopback, port));
        return Task.FromResult<EndPoint>(new UnixDomainSocketEndPoint("/tmp/way"));
    }

    public async ValueTask DisposeAsync()
    {
        await Input.DisposeAsync();
        End();
        _disposed.TrySetResult();
    }

    private static byte[] NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfo();
    }

    private async Task ListenAsync()
    {
        var input = _toRelay.Reader.AsStream();
        var header = new byte[Frame.HeaderSize];
        while (await input.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false) == header.Length)
        {
            var (type, length) = Frame.ReadHeader(header);
            var payload = new byte[length];
            await input.ReadExactlyAsync(payload);
            _heard.Writer.TryWrite(ControlCodec.Read(type, payload));
        }

        _heard.Writer.TryComplete();
    }

    /// <summary>As a process's standard input: whoever writes after it was closed is told so.</summary>
    private sealed class ProcessInput(PipeWriter writer) : MemoryStream
    {
        private bool _closed;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            await writer.WriteAsync(buffer, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            _closed = true;
            writer.Complete();
            base.Dispose(disposing);
        }
    }
}
