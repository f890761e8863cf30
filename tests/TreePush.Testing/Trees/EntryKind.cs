
namespace TreePush.Testing;

/// <summary>What there is at a path.</summary>
public enum EntryKind
{
    File,

    Directory,

    /// <summary>A symbolic link, wherever it leads.</summary>
    Link,

    /// <summary>A device, pipe or socket.</summary>
    Other,
}
