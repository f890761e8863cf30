namespace TreePush.Relay.Files.Native;

/// <summary>How many files this process may have open at once.</summary>
internal static unsafe class DescriptorLimit
{
    private const int OpenFiles = 7;

    /// <summary>What POSIX promises at least is 20, and what systems give 1024 or more.</summary>
    private const int Usual = 1024;

    public static int Soft()
    {
        ulong* limits = stackalloc ulong[2];
        return Libc.ResourceLimit(OpenFiles, limits) < 0 ? Usual : (int)Math.Min(limits[0], int.MaxValue);
    }
}
