using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// An incomplete file of DEST, under its temporary name in its directory. It is locked against other runs until it has its final
/// name or is disposed. Any number of threads may read and write it. It can still be read after <see cref="Name"/>.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    /// <summary>The mode of an incomplete file: no other user can read it.</summary>
    public const int Mode = 0b110_000_000;

    private const long Heavy = 8 << 20;

    private readonly TargetFiles _files;
    private readonly Descriptor _descriptor;

    /// <summary>Whether the file was empty at first. Zeros then need not be written, because the file system keeps holes in their place.</summary>
    private readonly bool _isHollow;
    private long _inMemory;
    private readonly Lock _naming = new();
    private bool _isNamed, _isAbandoned;

    public PartialFile(TargetFiles files, ManifestEntry entry, int descriptor, long keptSize)
    {
        (_files, Entry, KeptSize, _isHollow) = (files, entry, keptSize, keptSize == 0);
        _descriptor = new Descriptor(descriptor);
    }

    public ManifestEntry Entry { get; }

    /// <summary>Whether so much was written since <see cref="StartWriting"/> that a flush would take long.</summary>
    public bool IsHeavy => Volatile.Read(ref _inMemory) >= Heavy;

    /// <summary>The number of bytes at the start of the file that are kept from an earlier run. They may contain anything.</summary>
    public long KeptSize { get; }

    /// <summary>Writes a piece. Each range is written once, unless it was kept from an earlier run.</summary>
    /// <exception cref="FileFaultException">The write fails, for example because the disk is full.</exception>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Entry.Size - bytes.Length);
        if (_isHollow && !bytes.ContainsAnyExcept((byte)0)) return;
        using var use = _descriptor.Enter();
        FileFaultException.ThrowIfError(Opened.Write(use.Number, bytes, offset), Entry.Path, "write");
        Interlocked.Add(ref _inMemory, bytes.Length);
    }

    /// <summary>Writes the whole content, including zeros.</summary>
    public void WriteAll(ReadOnlySpan<byte> content)
    {
        using var use = _descriptor.Enter();
        FileFaultException.ThrowIfError(Opened.Write(use.Number, content, 0), Entry.Path, "write");
    }

    /// <returns>The number of bytes read. It is less than requested only at the end of the file.</returns>
    public int Read(long offset, Span<byte> buffer)
    {
        using var use = _descriptor.Enter();
        return FileFaultException.ThrowIfError(Opened.Read(use.Number, buffer, offset), Entry.Path, "read");
    }

    /// <summary>Makes the kernel begin to write the cached content to the disk, without waiting for it.</summary>
    public void StartWriting()
    {
        Volatile.Write(ref _inMemory, 0);
        try
        {
            using var use = _descriptor.Enter();
            DiskSync.Start(use.Number);
        }
        catch (ObjectDisposedException)
        {
            // The file was given up meanwhile.
        }
    }

    /// <summary>Sets owner, mode and time, once the content is complete.</summary>
    public void Complete()
    {
        using var use = _descriptor.Enter();
        _files.Complete(use.Number, Entry);
    }

    /// <summary>Waits until content, size, owner, mode and time are on the disk.</summary>
    /// <param name="isWritten">Whether the whole file system was flushed before, so that only the success of the writes must be checked.</param>
    public void Flush(bool isWritten)
    {
        using var use = _descriptor.Enter();
        int result = isWritten ? DiskSync.WaitFor(use.Number) : DiskSync.Flush(use.Number);
        // Some file systems do not support flushing.
        if (result != -Errno.InvalidArgument) FileFaultException.ThrowIfError(result, Entry.Path, "flush it to the disk");
    }

    /// <summary>Gives the file its final name.</summary>
    /// <exception cref="ObjectDisposedException">The file was given up, and another file may have its temporary name by now.</exception>
    public void Name()
    {
        using var use = _descriptor.Enter();
        lock (_naming)
        {
            ObjectDisposedException.ThrowIf(_isAbandoned, this);
            _files.Name(Entry);
            _isNamed = true;
        }

        // A named file is no longer private to this run, although it may still be read here. Other programs may want to lock it.
        Opened.Unlock(use.Number);
    }

    /// <summary>Returns the device number of the file system that holds the file; 0 if it can't be read.</summary>
    public ulong Device()
    {
        using var use = _descriptor.Enter();
        return At.Status(use.Number, out var status) < 0 ? 0 : status.Identity.Device;
    }

    /// <summary>Closes the file without giving it its final name.</summary>
    /// <param name="keep">Whether the content is kept for a later run.</param>
    public void Abandon(bool keep)
    {
        lock (_naming)
        {
            if (!keep && !_isNamed && !_isAbandoned) _files.RemoveTemporary(Entry.Path);
            _isAbandoned = true;
        }

        Dispose();
    }

    public void Dispose() => _descriptor.Dispose();
}
