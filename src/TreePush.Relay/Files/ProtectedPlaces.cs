using System.Text;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// Directories of this host that --delete does not empty without --force. They are recognised by their identity and not by their
/// path, because a path may lead there through links.
/// </summary>
internal static class ProtectedPlaces
{
    /// <returns>A description of the directory; null if it is not protected.</returns>
    public static string? NameOf(FileIdentity directory)
    {
        foreach (string path in ProtectedPaths.All)
            if (IsAt(Encoding.ASCII.GetBytes(path), directory)) return $"the directory {path}";
        return Homes().Any(home => IsAt(home, directory)) ? "the login's home" : null;
    }

    /// <summary>Returns the home in the environment and the account's home; under sudo also the home of the user who logged in.</summary>
    private static IEnumerable<byte[]> Homes()
    {
        yield return UserPath.Expand("~"u8);
        var names = new OwnerNames();
        if (names.HomeOf(Libc.EffectiveUser()) is { } home) yield return home;
        if (uint.TryParse(Encoding.ASCII.GetString(UserPath.Variable("SUDO_UID\0"u8) ?? []), out uint login) && names.HomeOf(login) is { } other) yield return other;
    }

    private static bool IsAt(byte[] path, FileIdentity directory) =>
        At.Status(At.CurrentDirectory, path, out var status, follow: true) == 0 && status.Identity == directory;
}
