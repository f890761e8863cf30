using System.Text;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>SRC and DEST as the user wrote them: relative to the current directory, or to the home directory if they begin with <c>~/</c>.</summary>
internal static class UserPath
{
    /// <returns>The path for the kernel; never empty.</returns>
    public static byte[] Expand(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty) return "."u8.ToArray();
        bool isHome = path.SequenceEqual("~"u8) || path.StartsWith("~/"u8);
        return isHome ? [.. Home(), .. path[1..]] : path.ToArray();
    }

    /// <summary>Splits a path into its directory and its last component, without slashes at the end.</summary>
    /// <returns>The directory and the name. The name is empty if the path consists of slashes only.</returns>
    public static (byte[] Directory, byte[] Name) Split(ReadOnlySpan<byte> path)
    {
        var trimmed = path.TrimEnd((byte)'/');
        if (trimmed.IsEmpty) return ("/"u8.ToArray(), []);
        int slash = trimmed.LastIndexOf((byte)'/');
        var directory = slash < 0 ? "."u8 : trimmed[..(slash + 1)];
        return (directory.ToArray(), trimmed[(slash + 1)..].ToArray());
    }

    public static string Show(ReadOnlySpan<byte> path) => Core.Hosts.DisplayText.OfBytes(path);

    /// <param name="name">The name with a closing NUL.</param>
    /// <returns>The value; null if the variable is not set or empty.</returns>
    public static unsafe byte[]? Variable(ReadOnlySpan<byte> name)
    {
        fixed (byte* start = name)
        {
            byte* value = Libc.Environment(start);
            return value == null || *value == 0 ? null : System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(value).ToArray();
        }
    }

    private static byte[] Home() => Variable("HOME\0"u8) ?? Encoding.ASCII.GetBytes("/");
}
