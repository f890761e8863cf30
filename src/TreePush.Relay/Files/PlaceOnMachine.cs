using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Finds a tree's <see cref="TreePlace"/>.</summary>
internal static class PlaceOnMachine
{
    /// <summary>More levels of directories than any path can name.</summary>
    private const int MostAncestors = 4096;

    public static TreePlace Of(TreeRoot root)
    {
        var ancestry = new List<FileIdentity>();
        bool exists = !root.IsFile || root.Status(RelativePath.Root, out _) == 0;
        if (root.IsFile && root.Status(RelativePath.Root, out var file) == 0) ancestry.Add(file.Identity);
        AddAncestors(root.Descriptor, ancestry);
        return new TreePlace(BootId(), exists, ancestry);
    }

    /// <summary>Returns the place of a tree that does not exist yet: the directories above it, from the nearest one that exists.</summary>
    public static TreePlace OfMissing(byte[] path)
    {
        var ancestry = new List<FileIdentity>();
        byte[] at = path;
        int directory;
        while ((directory = At.Open(At.CurrentDirectory, at, Open.PathOnly | Open.Directory | Open.CloseOnExec)) < 0)
        {
            if (at.AsSpan().SequenceEqual("."u8) || at.AsSpan().SequenceEqual("/"u8)) return new TreePlace(BootId(), false, []);
            at = UserPath.Split(at).Directory;
        }

        AddAncestors(directory, ancestry);
        Opened.Close(directory);
        return new TreePlace(BootId(), false, ancestry);
    }

    private static void AddAncestors(int directory, List<FileIdentity> ancestry)
    {
        int at = At.Open(directory, "."u8, Open.PathOnly | Open.Directory | Open.CloseOnExec);
        while (at >= 0 && ancestry.Count < MostAncestors)
        {
            if (At.Status(at, out var status) < 0 || (ancestry.Count > 0 && ancestry[^1] == status.Identity)) break;
            ancestry.Add(status.Identity);
            int above = At.Open(at, ".."u8, Open.PathOnly | Open.Directory | Open.CloseOnExec);
            Opened.Close(at);
            at = above;
        }

        Opened.Close(at);
    }

    private static string BootId()
    {
        int file = At.Open(At.CurrentDirectory, "/proc/sys/kernel/random/boot_id"u8, Open.ReadOnly | Open.CloseOnExec);
        if (file < 0) return "";
        Span<byte> text = stackalloc byte[64];
        int length = Opened.Read(file, text, 0);
        Opened.Close(file);
        return length <= 0 ? "" : System.Text.Encoding.ASCII.GetString(text[..length]).Trim();
    }
}
