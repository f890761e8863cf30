namespace TreePush.Core.Manifests;

/// <summary>Where on which machine a tree is, so that two hosts' SRC and DEST can be found to lie inside each other.</summary>
/// <param name="Machine">The boot id of the machine: the same in all its containers and under all its names.</param>
/// <param name="Exists">Whether the tree is there yet.</param>
/// <param name="Ancestry">The tree's root, if it exists, then each directory above it up to the topmost; from the nearest one that exists.</param>
public sealed record TreePlace(string Machine, bool Exists, IReadOnlyList<FileIdentity> Ancestry)
{
    /// <summary>A tree of which nothing is known.</summary>
    public static readonly TreePlace Unknown = new("", false, []);

    /// <summary>Whether both are the same directory, or the same file.</summary>
    public bool IsSameAs(TreePlace other) => Contains(other) && other.Contains(this);

    /// <summary>Whether the other tree is this one or lies in it: what is written there appears here.</summary>
    public bool Contains(TreePlace other) =>
        Exists && Machine == other.Machine && Ancestry.Count > 0 && other.HasAbove(Ancestry[0]);

    private bool HasAbove(FileIdentity directory)
    {
        for (int i = 0; i < Ancestry.Count; i++)
            if (Ancestry[i].Device == directory.Device && Ancestry[i].Inode == directory.Inode) return true;
        return false;
    }
}
