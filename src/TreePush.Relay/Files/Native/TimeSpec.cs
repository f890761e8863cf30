using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>C's <c>struct timespec</c> on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TimeSpec(long Seconds, long Nanoseconds)
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>Stands for a time that is left unchanged (UTIME_OMIT).</summary>
    public static readonly TimeSpec Omit = new(0, 0x3ffffffe);

    /// <param name="ns">Nanoseconds since 1970. Before 1970, the seconds are negative, but the nanoseconds are not.</param>
    public static TimeSpec OfNs(long ns)
    {
        long seconds = Math.DivRem(ns, NsPerSecond, out long rest);
        return rest < 0 ? new TimeSpec(seconds - 1, rest + NsPerSecond) : new TimeSpec(seconds, rest);
    }
}
