using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// File systems keep times in steps of two seconds (FAT) down to a nanosecond. The kernel stamps each inode's change from
/// its own clock, so that stamp shows the step of the file system without a trial: it is a multiple of it, and hardly
/// ever, by chance, of a coarser one.
/// </summary>
internal static class TimeGranularity
{
    private const long Second = 1_000_000_000;

    /// <summary>FAT keeps the time of creation in these steps, and that of a change of content in steps of two seconds.</summary>
    private const long TenMilliseconds = 10_000_000;

    public static bool AreEqual(long wantedNs, in FileStatus status)
    {
        if (wantedNs == status.ModifiedNs) return true;
        long step = StepOf(status.ChangedNs);
        return step > 1 && FloorTo(wantedNs, step) == FloorTo(status.ModifiedNs, step);
    }

    private static long StepOf(long changedNs)
    {
        if (changedNs % (2 * Second) == 0) return 2 * Second;
        if (changedNs % Second == 0) return Second;
        if (changedNs % TenMilliseconds == 0) return 2 * Second;
        if (changedNs % 1_000_000 == 0) return 1_000_000;
        if (changedNs % 1_000 == 0) return 1_000;
        return changedNs % 100 == 0 ? 100 : 1;
    }

    private static long FloorTo(long ns, long step) => ns - (((ns % step) + step) % step);
}
