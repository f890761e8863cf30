namespace TreePush.Relay.Files;

/// <summary>What a fault on one path means for the run.</summary>
internal enum FileFaultKind
{
    /// <summary>Something else: the text says what.</summary>
    Other,

    /// <summary>The disk or the quota is full: nothing more will go in.</summary>
    DiskFull,

    /// <summary>The file system is mounted read-only: nothing at all will go in.</summary>
    ReadOnly,

    /// <summary>We may not do this.</summary>
    Permission,

    /// <summary>A call found nothing of this name, which is no proof that nothing is there.</summary>
    Missing,

    /// <summary>It is no longer there, by <see cref="Absence"/>: targets may delete it.</summary>
    Vanished,

    /// <summary>It became something else while we worked.</summary>
    Changed,

    /// <summary>A directory stands where a file should be, or the reverse, and is not replaced unless forced.</summary>
    Conflict,

    /// <summary>Another run is writing this file.</summary>
    Locked,

    /// <summary>A socket, pipe or device, which is not brought over.</summary>
    Special,

    /// <summary>A mount point, below which nothing is brought with <c>--one-file-system</c>, and nothing is ever emptied.</summary>
    OtherFileSystem,

    /// <summary>The name is one of our own temporaries, which are not brought over.</summary>
    Temporary,
}
