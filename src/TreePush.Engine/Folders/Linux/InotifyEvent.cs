namespace TreePush.Engine.Folders.Linux;

/// <summary>One event of inotify.</summary>
/// <param name="watch">Of the folder; -1 for an overflow.</param>
/// <param name="name">In the folder; empty for the folder itself.</param>
internal readonly ref struct InotifyEvent(int watch, uint mask, ReadOnlySpan<byte> name)
{
    public int Watch => watch;

    public ReadOnlySpan<byte> Name { get; } = name;

    public bool IsFolder => Is(InotifyMask.IsFolder);

    public bool Is(uint bits) => (mask & bits) != 0;
}
