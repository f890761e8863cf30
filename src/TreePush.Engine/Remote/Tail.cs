namespace TreePush.Engine.Remote;

/// <summary>The last lines of an output. They may be read while more lines are added.</summary>
internal sealed class Tail
{
    private const int Length = 20;

    private readonly Queue<string> _lines = new();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Length) _lines.Dequeue();
        }
    }

    public void Clear()
    {
        lock (_lines) _lines.Clear();
    }
}
