namespace TreePush.Core.Wire;

/// <summary>Which directory on which machine a tree is: a DEST whose own or whose parents' identity is SRC's lies inside SRC.</summary>
/// <param name="Machine">The machine's boot id; empty where it has none.</param>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The directory, or the file.</param>
public readonly record struct TreeIdentity(string Machine, ulong Device, ulong Inode);
