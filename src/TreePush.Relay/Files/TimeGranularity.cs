using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// Compares times by the granularity of the file system. File systems store times in steps of two seconds (FAT) down to a
/// nanosecond. The kernel stamps each inode change from its own clock, so this stamp shows the step without a trial: it is a
/// multiple of the step, and hardly ever, by chance, of a coarser one.
/// </summary>
internal static class TimeGranularity
{
    private const long Second = 1_000_000_000;

    /// <summary>FAT stores creation times in these steps, and modification times in steps of two seconds.</summary>
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
