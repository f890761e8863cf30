namespace TreePush.Relay.Files;

/// <summary>What a fault on one path means for the run.</summary>
internal enum FileFaultKind
{
    /// <summary>Another fault; the text describes it.</summary>
    Other,

    /// <summary>The disk is full or the quota is used up: nothing more can be written.</summary>
    DiskFull,

    /// <summary>The file system is mounted read-only: nothing can be written.</summary>
    ReadOnly,

    /// <summary>The login lacks permission.</summary>
    Permission,

    /// <summary>A call did not find the name. This is no proof that the file is gone.</summary>
    Missing,

    /// <summary>The file is proven to be gone by <see cref="Absence"/>; targets may delete it.</summary>
    Vanished,

    /// <summary>The path became something else during the work.</summary>
    Changed,

    /// <summary>A directory is in the place of a file, or the reverse. It is replaced only with --force.</summary>
    Conflict,

    /// <summary>Another run is writing this file.</summary>
    Locked,

    /// <summary>A socket, pipe or device. It is not copied.</summary>
    Special,

    /// <summary>A mount point. With <c>--one-file-system</c>, nothing below it is copied. It is never emptied.</summary>
    OtherFileSystem,

    /// <summary>The name is that of a temporary of TreePush. It is not copied.</summary>
    Temporary,
}
