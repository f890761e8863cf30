using TreePush.Core.Wire;

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

    public void Start() => new Thread(WriteAll) { IsBackground = true, Name = "control" }.Start();

    public void Send(ControlMessage message)
    {
        lock (_queue)
        {
            _queue.Enqueue(message);
            Monitor.Pulse(_queue);
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
            if (_queue.Count > 0) Monitor.Wait(_queue, patience);
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
                return;
            }
    }

    private ControlMessage? Next()
    {
        lock (_queue)
        {
            while (_queue.Count == 0)
            {
                Monitor.PulseAll(_queue);
                if (_closed) return null;
                Monitor.Wait(_queue);
            }

            return _queue.Dequeue();
        }
    }
}
