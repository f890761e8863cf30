namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>Why there is no private copy of a file.</summary>
public enum StagingFault
{
    /// <summary>The file changed while it was read, or since it was observed. It must stand still again.</summary>
    Changed,

    /// <summary>The file is gone.</summary>
    Gone,

    /// <summary>It is no regular file, or there is a symbolic link on the way to it. Nothing was opened that could hold the reader up.</summary>
    NotAFile,

    /// <summary>The file can't be read: no permission, or an error of the disk.</summary>
    Unreadable,

    /// <summary>The copy can't be written: the disk is full, for instance.</summary>
    NotStored,
}
