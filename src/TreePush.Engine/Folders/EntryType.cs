namespace TreePush.Engine.Folders;

/// <summary>What a name in a folder stands for.</summary>
public enum EntryType
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link. Nobody follows it.</summary>
    SymbolicLink,

    /// <summary>A named pipe. Whoever opened it to read would wait.</summary>
    Pipe,

    /// <summary>A socket of this machine.</summary>
    Socket,

    /// <summary>A device. To open it may do anything.</summary>
    Device,
}
