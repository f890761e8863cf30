using TreePush.Core.Manifests;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// A file of DEST that is not whole yet, under its temporary name beside its place, locked against other runs until it
/// has its name or is disposed. Any number of threads may read and write. After <see cref="Commit"/> it can still be read.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    /// <summary>Nobody else can read what is not whole.</summary>
    public const int Mode = 0b110_000_000;

    private readonly TargetFiles _files;
    private readonly Descriptor _descriptor;

    /// <summary>Nothing was in the file, so that zeros need not be written: the file system keeps holes in their place.</summary>
    private readonly bool _isHollow;
    private bool _isNamed;

    public PartialFile(TargetFiles files, ManifestEntry entry, int descriptor, long keptSize)
    {
        (_files, Entry, KeptSize, _isHollow) = (files, entry, keptSize, keptSize == 0);
        _descriptor = new Descriptor(descriptor);
    }

    public ManifestEntry Entry { get; }

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
    }

    /// <returns>The bytes read; fewer than asked for only at the end of the file.</returns>
    public int Read(long offset, Span<byte> buffer)
    {
        using var use = _descriptor.Enter();
        return FileFaultException.ThrowIfError(Opened.Read(use.Number, buffer, offset), Entry.Path, "read");
    }

    /// <summary>Gives it owner, mode and time, and then its name.</summary>
    public void Commit()
    {
        using var use = _descriptor.Enter();
        _files.Commit(use.Number, Entry);
        _isNamed = true;
    }

    /// <summary>Closes it without giving it its name.</summary>
    /// <param name="keep">What was written stays for a later run.</param>
    public void Abandon(bool keep)
    {
        if (!keep && !_isNamed) _files.RemoveTemporary(Entry.Path);
        Dispose();
    }

    public void Dispose() => _descriptor.Dispose();
}
