using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Opens temporaries so that what is open is ours alone: a plain file under no other name, locked, and still under its own.</summary>
internal static class TemporaryFile
{
    /// <summary>Another run may finish, and begin anew, while we try; hardly this often.</summary>
    private const int MostTries = 16;

    private const int OthersWrite = 0b000_010_010, Others = 0b000_111_111;

    private static readonly int OpenOrMake = Open.ReadWrite | Open.Create | Open.NoFollow | Open.NonBlocking | Open.CloseOnExec;

    /// <param name="mode">The mode that the file is to have in the end.</param>
    /// <param name="size">Bytes that an earlier run left in it.</param>
    /// <returns>The descriptor, or the negated error number; <see cref="Errno.TryAgain"/> while another run holds it.</returns>
    public static int OpenOrCreate(int directory, ReadOnlySpan<byte> temporary, int mode, out long size)
    {
        size = 0;
        for (int i = 0; i < MostTries; i++)
        {
            int file = At.Open(directory, temporary, OpenOrMake, PartialFile.Mode);
            bool isForeign = file is -Errno.Loop or -Errno.IsDirectory || (file == -Errno.AccessDenied && At.Status(directory, temporary, out _) == 0);
            if (file < 0 && !isForeign) return file;
            int result = isForeign ? 0 : Secure(file, directory, temporary, mode, out size, out isForeign);
            if (result > 0) return file;
            Opened.Close(file);
            if (result < 0) return result;
            int removed = isForeign ? TreeRemoval.Remove(directory, temporary) : 0;
            if (removed < 0) return removed;
        }

        return -Errno.TryAgain;
    }

    /// <summary>Makes one that is not there yet; <see cref="Errno.Exists"/> if it is.</summary>
    public static int Create(int directory, ReadOnlySpan<byte> temporary)
    {
        int file = At.Open(directory, temporary, OpenOrMake | Open.Exclusive, PartialFile.Mode);
        if (file < 0) return file;
        int locked = Opened.TryLock(file);
        if (locked >= 0) return file;
        Opened.Close(file);
        return locked;
    }

    /// <param name="isForeign">It is nothing that we would go on with, such as another file's second name.</param>
    /// <returns>1 if it is ours, 0 if it is to be tried again, or the negated error number.</returns>
    private static int Secure(int file, int directory, ReadOnlySpan<byte> temporary, int mode, out long size, out bool isForeign)
    {
        isForeign = false;
        size = 0;
        FileStatus status = default;
        int result = Opened.TryLock(file);
        if (result == 0) result = At.Status(file, out status);
        if (result < 0) return result;
        // While we waited for nothing, the run that held it may have given the file its final name.
        if (At.Status(directory, temporary, out var named) < 0 || named.Identity != status.Identity) return 0;
        size = status.Size;
        isForeign = status.Kind != EntryKind.File || status.Links != 1 || status.UserId != Libc.EffectiveUser() || MayBeOpenElsewhere(status.Mode, mode);
        if (isForeign) return 0;
        result = status.Mode == PartialFile.Mode ? 0 : Opened.SetMode(file, PartialFile.Mode);
        return result < 0 ? result : 1;
    }

    /// <summary>A run that was cut off may have set the final mode. Whoever opened the file by that mode keeps it open: he must neither write to what is verified, nor read what the new mode keeps from him.</summary>
    private static bool MayBeOpenElsewhere(int left, int wanted) => (left & OthersWrite) != 0 || (left & Others & ~wanted) != 0;
}
