using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Removes a name; a directory is removed with its contents. It never follows a link, and never empties a mount point.</summary>
internal static class TreeRemoval
{
    private const int OwnerAll = 0b111_000_000;

    /// <returns>Zero, also if the name does not exist, or the negated error number at which it stopped.</returns>
    public static int Remove(int parent, ReadOnlySpan<byte> name)
    {
        int result = At.Unlink(parent, name);
        if (result is 0 or -Errno.NoEntry) return 0;
        if (result is not (-Errno.IsDirectory or -Errno.NotPermitted)) return result;
        int emptied = Empty(parent, name);
        return emptied < 0 ? emptied : At.RemoveDirectory(parent, name);
    }

    private static int Empty(int parent, ReadOnlySpan<byte> name)
    {
        int directory = OpenToEmpty(parent, name);
        if (directory < 0) return directory;
        var listing = DirectoryListing.Read(directory, out int error);
        int result = -error;
        foreach (byte[] child in listing.Names)
        {
            if (result < 0) break;
            result = Remove(directory, child);
        }

        Opened.Close(directory);
        return result;
    }

    /// <summary>Opens a directory to empty it. The directory may deny access even to its owner, so its mode is widened.</summary>
    private static int OpenToEmpty(int parent, ReadOnlySpan<byte> name)
    {
        if (At.Status(parent, out var above) == 0 && At.Status(parent, name, out var status) == 0)
        {
            if (status.IsMountedIn(above)) return -Errno.Busy;
            if ((status.Mode & OwnerAll) != OwnerAll) _ = At.SetMode(parent, name, OwnerAll);
        }

        return At.Open(parent, name, Open.ListedDirectory);
    }
}
