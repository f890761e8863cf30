namespace TreePush.Core.Manifests;

/// <summary>The kind of a manifest entry. The numbers are part of the protocol.</summary>
public enum EntryKind
{
    /// <summary>A directory. It is listed before its contents.</summary>
    Directory = 1,

    /// <summary>A regular file.</summary>
    File = 2,

    /// <summary>A symbolic link. It is copied as a link and never followed.</summary>
    Symlink = 3,
}
