using System.Text;

namespace TreePush.Engine.Remote;

/// <summary>
/// A shell's standard output. Marks are searched for in it, behind whatever login scripts print. From then on the stream
/// begins right behind the last mark. Bytes that were read beyond the mark are returned first.
/// </summary>
internal sealed class MarkedStream(Stream inner) : OneWayStream
{
    /// <summary>How many bytes may precede a mark. Login scripts print far less.</summary>
    public const int MostBefore = 64 * 1024;

    private byte[] _buffer = new byte[1024];
    private int _start;
    private int _end;

    /// <summary>Searches for a mark in the bytes received so far.</summary>
    /// <returns>The number of bytes up to the mark's end; -1 if it has not arrived yet.</returns>
    public delegate int Finder(ReadOnlySpan<byte> received);

    public override bool CanRead => true;

    /// <summary>Reads up to the end of the first line that contains the mark.</summary>
    /// <returns>What follows the mark in its line; null if the stream ended, or <see cref="MostBefore"/> bytes came without a mark.</returns>
    public async Task<string?> ReadMarkedLineAsync(string mark, CancellationToken ct)
    {
        byte[] sign = Encoding.ASCII.GetBytes(mark);
        string? line = null;
        await SkipAsync(received =>
        {
            int at = received.IndexOf(sign);
            int end = at < 0 ? -1 : received[at..].IndexOf((byte)'\n');
            if (end < 0) return -1;
            line = Encoding.UTF8.GetString(received.Slice(at + sign.Length, end - sign.Length));
            return at + end + 1;
        }, ct);
        return line;
    }

    /// <summary>Reads until a mark is found, and discards everything up to its end.</summary>
    /// <returns>False if the stream ended, or <see cref="MostBefore"/> bytes came without a mark.</returns>
    public async Task<bool> SkipAsync(Finder find, CancellationToken ct)
    {
        while (true)
        {
            int end = find(_buffer.AsSpan(_start, _end - _start));
            if (end >= 0)
            {
                _start += end;
                return true;
            }

            if (!MakeRoom()) return false;
            int read = await inner.ReadAsync(_buffer.AsMemory(_end), ct);
            if (read == 0) return false;
            _end += read;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start == _end) return await inner.ReadAsync(buffer, cancellationToken);
        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        _start == _end ? inner.Read(buffer, offset, count) : Take(buffer.AsSpan(offset, count));

    private int Take(Span<byte> into)
    {
        int count = Math.Min(_end - _start, into.Length);
        _buffer.AsSpan(_start, count).CopyTo(into);
        _start += count;
        return count;
    }

    private bool MakeRoom()
    {
        int kept = _end - _start;
        if (kept == MostBefore) return false;
        byte[] larger = kept == _buffer.Length ? new byte[Math.Min(MostBefore, 4 * kept)] : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(larger);
        (_buffer, _start, _end) = (larger, 0, kept);
        return true;
    }
}
