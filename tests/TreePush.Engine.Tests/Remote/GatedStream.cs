namespace TreePush.Engine.Tests.Remote;

/// <summary>Gives its first part at once and the second when it is opened, so that a test can look at what is half done.</summary>
internal sealed class GatedStream(byte[] first, byte[] second) : Stream
{
    private readonly Queue<byte[]> _parts = new([first, second]);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => first.Length + second.Length;

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Open() => _opened.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_parts.Count == 1) await _opened.Task.WaitAsync(cancellationToken);
        if (!_parts.TryDequeue(out byte[]? part)) return 0;
        part.CopyTo(buffer);
        return part.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
