using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// A file of DEST that is not whole yet, under its temporary name beside its place, locked against other runs until it
/// has its name or is disposed. Any number of threads may read and write. After <see cref="Name"/> it can still be read.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    /// <summary>Nobody else can read what is not whole.</summary>
    public const int Mode = 0b110_000_000;

    private const long Heavy = 8 << 20;

    private readonly TargetFiles _files;
    private readonly Descriptor _descriptor;

    /// <summary>Nothing was in the file, so that zeros need not be written: the file system keeps holes in their place.</summary>
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

    /// <summary>Whether so much was written since the disk was last told to begin that its flush will take long.</summary>
    public bool IsHeavy => Volatile.Read(ref _inMemory) >= Heavy;

    /// <summary>Bytes at the beginning that an earlier run may have written; anything may be in them.</summary>
    public long KeptSize { get; }

    /// <summary>Writes a piece. Each range is written once, unless it was kept from an earlier run.</summary>
    /// <exception cref="FileFaultException">The disk is full, say.</exception>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Entry.Size - bytes.Length);
        if (_isHollow && !bytes.ContainsAnyExcept((byte)0)) return;
        using var use = _descriptor.Enter();
        FileFaultException.ThrowIfError(Opened.Write(use.Number, bytes, offset), Entry.Path, "write");
        Interlocked.Add(ref _inMemory, bytes.Length);
    }

    /// <summary>Writes all of its content, zeros too.</summary>
    public void WriteAll(ReadOnlySpan<byte> content)
    {
        using var use = _descriptor.Enter();
        FileFaultException.ThrowIfError(Opened.Write(use.Number, content, 0), Entry.Path, "write");
    }

    /// <returns>The bytes read; fewer than asked for only at the end of the file.</returns>
    public int Read(long offset, Span<byte> buffer)
    {
        using var use = _descriptor.Enter();
        return FileFaultException.ThrowIfError(Opened.Read(use.Number, buffer, offset), Entry.Path, "read");
    }

    /// <summary>Has the disk begin with what was written, without waiting for it.</summary>
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
            // It was given up meanwhile.
        }
    }

    /// <summary>Gives it owner, mode and time, once its content is whole.</summary>
    public void Complete()
    {
        using var use = _descriptor.Enter();
        _files.Complete(use.Number, Entry);
    }

    /// <summary>Waits until content, size, owner, mode and time are on the disk.</summary>
    /// <param name="isWritten">They were flushed with the whole file system: only whether it succeeded is asked for.</param>
    public void Flush(bool isWritten)
    {
        using var use = _descriptor.Enter();
        int result = isWritten ? DiskSync.WaitFor(use.Number) : DiskSync.Flush(use.Number);
        // Some file systems have nothing to flush.
        if (result != -Errno.InvalidArgument) FileFaultException.ThrowIfError(result, Entry.Path, "flush it to the disk");
    }

    /// <summary>Gives it its name.</summary>
    /// <exception cref="ObjectDisposedException">It was given up: another file may have its temporary name by now.</exception>
    public void Name()
    {
        using var use = _descriptor.Enter();
        lock (_naming)
        {
            ObjectDisposedException.ThrowIf(_isAbandoned, this);
            _files.Name(Entry);
            _isNamed = true;
        }

        // What has its name is no longer ours alone, though it may still be read here: others' programs may want to lock it.
        Opened.Unlock(use.Number);
    }

    /// <summary>The number of the file system that holds it; 0 where that can't be told.</summary>
    public ulong Device()
    {
        using var use = _descriptor.Enter();
        return At.Status(use.Number, out var status) < 0 ? 0 : status.Identity.Device;
    }

    /// <summary>Closes it without giving it its name.</summary>
    /// <param name="keep">What was written stays for a later run.</param>
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
