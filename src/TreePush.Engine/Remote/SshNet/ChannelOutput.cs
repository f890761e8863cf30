using System.Threading.Channels;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// Reads a channel's output, which the library buffers. To wait on the library's own stream blocks a thread; this stream
/// wakes its reader when bytes have arrived.
/// </summary>
/// <param name="kept">The library's stream. Its length is the number of bytes that can be read at once.</param>
internal sealed class ChannelOutput(Stream kept) : OneWayStream
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override bool CanRead => true;

    /// <summary>Bytes have arrived.</summary>
    public void Wake() => _news.Writer.TryWrite(true);

    /// <summary>No more bytes will arrive.</summary>
    public void End() => _news.Writer.TryComplete();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            bool mayCome = await _news.Reader.WaitToReadAsync(cancellationToken);
            _news.Reader.TryRead(out _);
            if (kept.Length == 0)
            {
                if (!mayCome) return 0;
                continue;
            }

            int read = kept.Read(buffer.Span);
            if (kept.Length > 0) Wake();
            return read;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
