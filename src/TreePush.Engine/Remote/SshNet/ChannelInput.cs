using Renci.SshNet.Common;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// Writes to a channel. The library blocks while the other end does not read. Here a pool thread blocks, and the caller
/// can stop waiting.
/// </summary>
/// <param name="inner">The library's stream.</param>
/// <param name="isOver">Whether the channel is gone. The library would then drop what is written.</param>
internal sealed class ChannelInput(Stream inner, Func<bool> isOver) : OneWayStream
{
    public override bool CanWrite => true;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        byte[] bytes = buffer.ToArray();
        await Task.Run(() => Write(bytes, 0, bytes.Length), cancellationToken).WaitAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (isOver()) throw new IOException("The channel is gone.");
        try
        {
            inner.Write(buffer, offset, count);
        }
        catch (Exception e) when (e is SshException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            throw new IOException("The channel is gone.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            try
            {
                inner.Dispose();
            }
            catch (Exception e) when (e is SshException or System.Net.Sockets.SocketException or InvalidOperationException)
            {
                // The channel is gone, and with it its input.
            }

        base.Dispose(disposing);
    }
}
