using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Removes what has a name, with all it holds if it is a directory; never follows a link on the way, and never empties what is mounted there.</summary>
internal static class TreeRemoval
{
    private const int OwnerAll = 0b111_000_000;

    /// <returns>Zero, also where nothing was there, or the negated error number at which it stopped.</returns>
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

    /// <summary>A directory that is to go may have taken its owner's permissions away.</summary>
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
