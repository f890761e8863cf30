namespace TreePush.Core.Manifests;

/// <summary>
/// The location of a tree: the machine, and the directories above the tree. It tells whether the SRC and DEST of two hosts
/// contain each other.
/// </summary>
/// <param name="Machine">The boot id of the machine. It is the same in all containers of the machine and under all its names.</param>
/// <param name="Exists">Whether the tree exists yet.</param>
/// <param name="Ancestry">
/// The tree's root, then each directory above it up to the topmost. If the root does not exist, the list begins with the nearest
/// directory above it that does.
/// </param>
public sealed record TreePlace(string Machine, bool Exists, IReadOnlyList<FileIdentity> Ancestry)
{
    /// <summary>A tree whose location is not known.</summary>
    public static readonly TreePlace Unknown = new("", false, []);

    /// <summary>Whether both places are the same directory or the same file.</summary>
    public bool IsSameAs(TreePlace other) => Contains(other) && other.Contains(this);

    /// <summary>Whether the other tree is this one or is inside it, so that what is written there appears here.</summary>
    public bool Contains(TreePlace other) =>
        Exists && Machine == other.Machine && Ancestry.Count > 0 && other.HasAbove(Ancestry[0]);

    private bool HasAbove(FileIdentity directory)
    {
        for (int i = 0; i < Ancestry.Count; i++)
            if (Ancestry[i].Device == directory.Device && Ancestry[i].Inode == directory.Inode) return true;
        return false;
    }
}
