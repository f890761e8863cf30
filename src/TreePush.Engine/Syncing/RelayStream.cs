using System.Text;
using TreePush.Core.Wire;

namespace TreePush.Engine.Syncing;

/// <summary>
/// A relay's standard output. Before the relay is there, lines are looked for in it, among whatever login scripts print;
/// then it is a stream that begins right behind the greeting. What was read too far is handed out first.
/// </summary>
internal sealed class RelayStream(Stream inner) : Stream
{
    private readonly byte[] _buffer = new byte[RelayGreeting.MostBefore];
    private int _start;
    private int _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads up to the end of the first line that has the mark in it.</summary>
    /// <returns>What follows the mark in its line; null where the stream ended, or more came than login scripts print.</returns>
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

    /// <returns>Whether the relay greeted.</returns>
    public Task<bool> SkipGreetingAsync(CancellationToken ct) => SkipAsync(RelayGreeting.Find, ct);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start == _end) return await inner.ReadAsync(buffer, cancellationToken);
        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        _start == _end ? inner.Read(buffer, offset, count) : Take(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private int Take(Span<byte> into)
    {
        int count = Math.Min(_end - _start, into.Length);
        _buffer.AsSpan(_start, count).CopyTo(into);
        _start += count;
        return count;
    }

    private delegate int Finder(ReadOnlySpan<byte> received);

    /// <summary>Reads until the finder says where what it looks for ends, and drops all up to there.</summary>
    private async Task<bool> SkipAsync(Finder find, CancellationToken ct)
    {
        while (true)
        {
            int end = find(_buffer.AsSpan(_start, _end - _start));
            if (end >= 0)
            {
                _start += end;
                return true;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int read = _end == _buffer.Length ? 0 : await inner.ReadAsync(_buffer.AsMemory(_end), ct);
            if (read == 0) return false;
            _end += read;
        }
    }
}
