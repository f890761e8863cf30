namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>All that the other side of a link says, and then its end; what is said to it is forgotten.</summary>
internal sealed class Said(byte[] bytes) : Stream
{
    private readonly ManualResetEventSlim _ended = new();
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => bytes.Length;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>How much of it was read.</summary>
    public int Taken => Volatile.Read(ref _at);

    /// <summary>Waits until all of it was read.</summary>
    public bool AwaitEnd(TimeSpan patience) => _ended.Wait(patience);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, bytes.Length - _at);
        bytes.AsSpan(_at, count).CopyTo(buffer);
        Volatile.Write(ref _at, _at + count);
        if (count == 0) _ended.Set();
        return count;
    }

    public override void Write(byte[] buffer, int offset, int count) { }

    public override void Write(ReadOnlySpan<byte> buffer) { }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
