namespace TreePush.Core.Wire;

/// <summary>Why a relay can't continue.</summary>
public enum RelayFault : byte
{
    /// <summary>A fault that only the message describes.</summary>
    Other = 0,

    /// <summary>The disk is full or the quota is used up, or will be before the end.</summary>
    DiskFull = 1,

    /// <summary>The file system is read-only.</summary>
    ReadOnly = 2,

    /// <summary>The login lacks permission to write or read the files.</summary>
    Permission = 3,

    /// <summary>A directory would have to be replaced by a file, or the reverse, and --force was not given.</summary>
    Conflict = 4,

    /// <summary>DEST is inside SRC.</summary>
    InsideSource = 5,

    /// <summary>Another run writes the same files.</summary>
    Busy = 6,

    /// <summary>SRC does not exist or can't be read.</summary>
    NoSource = 7,

    /// <summary>Everything that the source could send is in place, but the source could not send everything.</summary>
    Incomplete = 8,

    /// <summary>A message was invalid, or a part of the relay failed: a defect, or another version.</summary>
    Internal = 9,

    /// <summary>Some paths could not be written, finished or deleted; everything else is in place.</summary>
    PathsFailed = 10,

    /// <summary>As <see cref="PathsFailed"/>, where the first of the paths lacks permission.</summary>
    PathsForbidden = 11,

    /// <summary>None of the ports that the relay may listen on is free.</summary>
    NoPort = 12,

    /// <summary>More would be deleted than --max-delete allows; everything else is in place.</summary>
    TooManyDeletions = 13,

    /// <summary>--delete would empty DEST, or DEST is a directory of the system or the login's home, and --force was not given.</summary>
    NeedsForce = 14,
}
