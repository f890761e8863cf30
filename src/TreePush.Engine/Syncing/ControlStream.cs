using System.Threading.Channels;
using TreePush.Core.Wire;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Syncing;

/// <summary>
/// The control channel to a relay. Messages are sent in order, and senders do not wait; messages are received as a
/// stream. The heartbeat has a timer of its own: whatever else this process does, the relay must not take the controller
/// for lost.
/// </summary>
internal sealed class ControlStream(Stream input, Stream output, TimeProvider time)
{
    private readonly Channel<ControlMessage> _queue = Channel.CreateUnbounded<ControlMessage>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Queues a message. A message to a relay that is gone is dropped.</summary>
    public void Send(ControlMessage message) => _queue.Writer.TryWrite(message);

    /// <summary>Writes the queued messages and heartbeats until <see cref="Close"/> or the relay's end.</summary>
    public async Task WriteAllAsync(CancellationToken ct)
    {
        await using var heartbeat = time.CreateTimer(_ => Send(new ControlMessage.Alive()), null, RemoteScript.HeartbeatEvery, RemoteScript.HeartbeatEvery);
        var writer = new WireWriter();
        var header = new byte[Frame.HeaderSize];
        await foreach (var message in _queue.Reader.ReadAllAsync(ct))
            try
            {
                writer.Clear();
                var type = ControlCodec.Write(writer, message);
                Frame.WriteHeader(header, type, writer.Length);
                byte[] frame = [.. header, .. writer.Written];
                await input.WriteAsync(frame, ct);
                await input.FlushAsync(ct);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The relay is gone, which the end of its output reports as well, or it was closed during this write.
                return;
            }
    }

    public void Close() => _queue.Writer.TryComplete();

    /// <summary>The relay's messages, until its output ends.</summary>
    /// <exception cref="WireException">The relay sent an invalid message.</exception>
    public async IAsyncEnumerable<ControlMessage> ReadAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var header = new byte[Frame.HeaderSize];
        while (await ReadAsync(header, ct))
        {
            var (type, length) = Frame.ReadHeader(header);
            var payload = new byte[length];
            if (length > 0 && !await ReadAsync(payload, ct)) throw new WireException("it ends within a frame");
            yield return ControlCodec.Read(type, payload);
        }
    }

    /// <returns>False if the relay is gone.</returns>
    private async Task<bool> ReadAsync(Memory<byte> bytes, CancellationToken ct)
    {
        int read;
        try
        {
            read = await output.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }

        if (read > 0 && read < bytes.Length) throw new WireException("it ends within a frame");
        return read > 0;
    }
}
