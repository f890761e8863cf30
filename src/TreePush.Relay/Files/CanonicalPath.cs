using System.Text;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Resolves paths, so that two processes of one run can tell whether their paths name the same place.</summary>
internal static class CanonicalPath
{
    private const int LongestLink = 4096;

    /// <summary>Returns the path without links and dots, as far as it exists. The rest is appended as written.</summary>
    public static byte[] Of(ReadOnlySpan<byte> path)
    {
        int place = At.Open(At.CurrentDirectory, path, Open.PathOnly | Open.CloseOnExec);
        if (place >= 0)
        {
            byte[] there = Link($"/proc/self/fd/{place}");
            Opened.Close(place);
            return there;
        }

        var (parent, name) = UserPath.Split(path);
        return name.Length == 0 ? path.ToArray() : [.. Of(parent), (byte)'/', .. name];
    }

    /// <summary>
    /// Returns an identifier of the mount namespace and the root directory of this process. It is equal for two processes of the
    /// same kernel that see the same files.
    /// </summary>
    public static byte[] View()
    {
        int found = At.Status(At.CurrentDirectory, "/"u8, out var root);
        return [.. Link("/proc/self/ns/mnt"), .. Encoding.ASCII.GetBytes(found == 0 ? $" {root.Identity.Device}:{root.Identity.Inode}" : "")];
    }

    private static byte[] Link(string path)
    {
        Span<byte> text = stackalloc byte[LongestLink];
        int length = At.ReadLink(At.CurrentDirectory, Encoding.ASCII.GetBytes(path), text);
        return length < 0 ? [] : text[..length].ToArray();
    }
}
