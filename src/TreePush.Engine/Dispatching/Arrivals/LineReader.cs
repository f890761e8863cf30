namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>Reads a file line by line, without making a string of each.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Whether the last line was complete. An empty file has no line that is not.</summary>
    public bool EndsInNewline { get; private set; } = true;

    /// <param name="line">Without its newline; good until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, length);
                _start += length + 1;
                return true;
            }

            if (Fill()) continue;
            line = _buffer.AsSpan(_start.._end);
            _start = _end;
            EndsInNewline &= line.IsEmpty;
            return !line.IsEmpty;
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        int count = stream.Read(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }
}
