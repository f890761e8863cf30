namespace TreePush.Relay.Control;

/// <summary>
/// The relay's standard streams. Reading is the caller's; what is sent is queued and written by a thread of its own, so
/// that a controller that does not read for a while never stops the work.
/// </summary>
internal sealed class ControlChannel(Stream input, Stream output)
{
    private readonly Queue<ControlMessage> _queue = new();
    private readonly FrameReader _reader = new(input);
    private bool _closed;

    /// <summary>The first of the queue is being written: it leaves the queue when it is.</summary>
    private bool _isWriting;

    public void Start() => new Thread(WriteAll) { IsBackground = true, Name = "control" }.Start();

    public void Send(ControlMessage message)
    {
        lock (_queue)
        {
            _queue.Enqueue(message);
            Monitor.PulseAll(_queue);
        }
    }

    /// <summary>Waits for the controller's next message.</summary>
    /// <returns>Null when there will be none: the controller has closed the channel, or is gone.</returns>
    /// <exception cref="WireException">What came is no message.</exception>
    public ControlMessage? Receive() => _reader.TryRead(out var type, out var payload) ? ControlCodec.Read(type, payload.Span) : null;

    /// <summary>Writes what is queued, and no more.</summary>
    /// <param name="patience">How long the controller may take to read it.</param>
    public void Close(TimeSpan patience)
    {
        lock (_queue)
        {
            _closed = true;
            Monitor.PulseAll(_queue);
            long until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
            while (_queue.Count > 0 && until - Environment.TickCount64 is > 0 and var left) Monitor.Wait(_queue, TimeSpan.FromMilliseconds(left));
        }
    }

    private void WriteAll()
    {
        var writer = new WireWriter();
        var header = new byte[Frame.HeaderSize];
        while (Next() is { } message)
            try
            {
                writer.Clear();
                var type = ControlCodec.Write(writer, message);
                Frame.WriteHeader(header, type, writer.Length);
                output.Write([.. header, .. writer.Written]);
                output.Flush();
            }
            catch (IOException)
            {
                // The controller is gone, which the end of its messages tells as well.
                break;
            }

        lock (_queue)
        {
            _queue.Clear();
            Monitor.PulseAll(_queue);
        }
    }

    private ControlMessage? Next()
    {
        lock (_queue)
        {
            if (_isWriting) _queue.Dequeue();
            while (!(_isWriting = _queue.Count > 0))
            {
                Monitor.PulseAll(_queue);
                if (_closed) return null;
                Monitor.Wait(_queue);
            }

            return _queue.Peek();
        }
    }
}
