namespace TreePush.Relay.Files.Native;

/// <summary>Reads how many files this process may have open at once.</summary>
internal static unsafe class DescriptorLimit
{
    private const int OpenFiles = 7;

    /// <summary>The assumed limit if it can't be read. POSIX guarantees only 20; common systems allow 1024 or more.</summary>
    private const int Usual = 1024;

    public static int Soft()
    {
        ulong* limits = stackalloc ulong[2];
        return Libc.ResourceLimit(OpenFiles, limits) < 0 ? Usual : (int)Math.Min(limits[0], int.MaxValue);
    }
}
