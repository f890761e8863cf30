namespace TreePush.Engine.Folders;

/// <summary>What a watch tells.</summary>
public enum FolderChangeKind
{
    /// <summary>A scan of the whole folder begins. <see cref="Found"/> follows for every entry.</summary>
    ScanStarted,

    /// <summary>The scan is over, and nothing was left out: an entry that was not found is gone.</summary>
    ScannedWhole,

    /// <summary>The scan is over, and some of the folder could not be read.</summary>
    ScannedPartly,

    /// <summary>A scan found the entry. It may have been there for long.</summary>
    Found,

    /// <summary>The entry was made since the watch began, or is in a folder that was.</summary>
    Created,

    /// <summary>A file was closed after it had been open for writing.</summary>
    Written,

    /// <summary>The entry was renamed into place.</summary>
    MovedIn,

    /// <summary>The name is gone.</summary>
    Gone,

    /// <summary>A folder was renamed, out of its place, with all that is in it.</summary>
    FolderMovedAway,
}
