using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Opens temporaries so that no other process shares them: a regular file with one name, locked, and still under that name.</summary>
internal static class TemporaryFile
{
    /// <summary>The most attempts. Another run may finish and start again meanwhile, but hardly this often.</summary>
    private const int MostTries = 16;

    private const int OthersWrite = 0b000_010_010, Others = 0b000_111_111;

    private static readonly int OpenOrMake = Open.ReadWrite | Open.Create | Open.NoFollow | Open.NonBlocking | Open.CloseOnExec;

    /// <param name="mode">The final mode of the file.</param>
    /// <param name="size">The number of bytes that an earlier run left.</param>
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

    /// <summary>Creates a temporary. The error is <see cref="Errno.Exists"/> if it exists.</summary>
    public static int Create(int directory, ReadOnlySpan<byte> temporary)
    {
        int file = At.Open(directory, temporary, OpenOrMake | Open.Exclusive, PartialFile.Mode);
        if (file < 0) return file;
        int locked = Opened.TryLock(file);
        if (locked >= 0) return file;
        Opened.Close(file);
        return locked;
    }

    /// <param name="isForeign">Whether the file can't be used, for example because it is a second name of another file.</param>
    /// <returns>1 if the file is secured, 0 if the attempt must be repeated, or the negated error number.</returns>
    private static int Secure(int file, int directory, ReadOnlySpan<byte> temporary, int mode, out long size, out bool isForeign)
    {
        isForeign = false;
        size = 0;
        FileStatus status = default;
        int result = Opened.TryLock(file);
        if (result == 0) result = At.Status(file, out status);
        if (result < 0) return result;
        // The run that held the file may have given it its final name before the lock was released.
        if (At.Status(directory, temporary, out var named) < 0 || named.Identity != status.Identity) return 0;
        size = status.Size;
        isForeign = status.Kind != EntryKind.File || status.Links != 1 || status.UserId != Libc.EffectiveUser() || MayBeOpenElsewhere(status.Mode, mode);
        if (isForeign) return 0;
        result = status.Mode == PartialFile.Mode ? 0 : Opened.SetMode(file, PartialFile.Mode);
        return result < 0 ? result : 1;
    }

    /// <summary>
    /// Whether another process may have the file open. An interrupted run may have set the final mode, and a process that opened
    /// the file by that mode keeps it open. Such a process must neither write to verified content nor read what the new mode
    /// denies it.
    /// </summary>
    private static bool MayBeOpenElsewhere(int left, int wanted) => (left & OthersWrite) != 0 || (left & Others & ~wanted) != 0;
}
