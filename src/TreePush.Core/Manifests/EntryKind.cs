namespace TreePush.Core.Manifests;

/// <summary>What an entry of a manifest is. The numbers go over the wire.</summary>
public enum EntryKind
{
    /// <summary>A directory, listed before what it holds.</summary>
    Directory = 1,

    /// <summary>A regular file.</summary>
    File = 2,

    /// <summary>A symbolic link, brought over as it is and never followed.</summary>
    Symlink = 3,
}
