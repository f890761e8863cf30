using System.Runtime.InteropServices;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Folders.Linux;

/// <summary>The kernel's queue of changes in folders. Used by one thread.</summary>
internal sealed unsafe class InotifyQueue : IDisposable
{
    private const int NonBlockingAndCloseOnExec = 0x80800;
    private const int HeaderSize = 16;

    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _descriptor;
    private int _filled;
    private int _at;

    private InotifyQueue(int descriptor) => _descriptor = descriptor;

    public int Descriptor => _descriptor;

    /// <returns>Zero, or the error number: <see cref="Errno.TooManyFiles"/> if the user has too many queues.</returns>
    public static int Open(out InotifyQueue? queue)
    {
        int descriptor = Place.Result(Libc.MakeQueue(NonBlockingAndCloseOnExec));
        queue = descriptor < 0 ? null : new InotifyQueue(descriptor);
        return descriptor < 0 ? -descriptor : 0;
    }

    /// <param name="folder">An open folder. It is this one that is watched, whatever its name means by now.</param>
    /// <returns>The watch, or the negated error number: <see cref="Errno.NoSpace"/> if the user has too many watches.</returns>
    public int Add(int folder)
    {
        Span<byte> path = stackalloc byte[32];
        System.Text.Unicode.Utf8.TryWrite(path, $"/proc/self/fd/{folder}\0", out _);
        fixed (byte* text = path) return Place.Result(Libc.AddWatch(_descriptor, text, InotifyMask.Wanted));
    }

    public void Remove(int watch) => _ = Libc.RemoveWatch(_descriptor, watch);

    /// <summary>Takes the next event. The name in it is good until the next call.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryRead(out InotifyEvent happened)
    {
        if (_at == _filled) Fill();
        happened = default;
        if (_at == _filled) return false;
        var record = _buffer.AsSpan(_at.._filled);
        int length = MemoryMarshal.Read<int>(record[12..]);
        var name = record.Slice(HeaderSize, length);
        int end = name.IndexOf((byte)0);
        happened = new InotifyEvent(MemoryMarshal.Read<int>(record), MemoryMarshal.Read<uint>(record[4..]), end < 0 ? name : name[..end]);
        _at += HeaderSize + length;
        return true;
    }

    public void Dispose()
    {
        Place.Close(_descriptor);
        _descriptor = -1;
    }

    private void Fill()
    {
        int count;
        fixed (byte* start = _buffer)
            do count = Place.Result(Libc.Read(_descriptor, start, (nuint)_buffer.Length));
            while (count == -Errno.Interrupted);
        (_at, _filled) = (0, Math.Max(0, count));
    }
}
