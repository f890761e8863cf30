namespace TreePush.Relay.Control;

/// <summary>
/// The control channel over the relay's standard streams. The caller reads. Messages to send are queued and written by a thread
/// of their own, so a controller that does not read for a while never stops the work.
/// </summary>
internal sealed class ControlChannel(Stream input, Stream output)
{
    private readonly Queue<ControlMessage> _queue = new();
    private readonly FrameReader _reader = new(input);
    private bool _closed;

    /// <summary>Whether the first message of the queue is being written. The message leaves the queue afterwards.</summary>
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
    /// <returns>The message; null if the controller has closed the channel or is gone.</returns>
    /// <exception cref="WireException">The received data is not a valid message.</exception>
    public ControlMessage? Receive() => _reader.TryRead(out var type, out var payload) ? ControlCodec.Read(type, payload.Span) : null;

    /// <summary>Closes the queue and waits until the queued messages are written.</summary>
    /// <param name="patience">How long to wait for the controller to read them.</param>
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
                // The controller is gone. The reader notices this too.
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
