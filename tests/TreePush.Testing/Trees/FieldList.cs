namespace TreePush.Testing;

/// <summary>Fields that end in a zero byte each, one after the other.</summary>
internal sealed class FieldList
{
    private readonly byte[] _bytes;
    private readonly List<Range> _fields = [];

    public FieldList(byte[] bytes)
    {
        _bytes = bytes;
        for (int start = 0, end; start < bytes.Length; start = end + 1)
        {
            end = Array.IndexOf(bytes, (byte)0, start);
            _fields.Add(start..end);
        }
    }

    public int Count => _fields.Count;

    public IReadOnlyList<byte[]> Slice(int start, int count) =>
        [.. _fields.GetRange(start, count).Select(field => _bytes[field])];
}
