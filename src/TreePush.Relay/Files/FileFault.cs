using System.Runtime.InteropServices;

namespace TreePush.Relay.Files;

/// <summary>A fault on one path, as data, so that the work on the rest of the tree can continue.</summary>
/// <param name="Path">The path below the root of the tree; the root for a fault of SRC or DEST itself.</param>
/// <param name="Errno">The error number of the failed call, or 0 if no call failed.</param>
/// <param name="Text">What was tried and why it failed, without the path.</param>
internal sealed record FileFault(FileFaultKind Kind, RelativePath Path, int Errno, string Text)
{
    /// <param name="attempt">What was tried: "open", "rename".</param>
    /// <param name="error">The error number, not negated.</param>
    public static FileFault Of(RelativePath path, string attempt, int error) =>
        new(KindOf(error), path, error, $"can't {attempt}: {Marshal.GetPInvokeErrorMessage(error)}");

    public override string ToString() => $"{Path}: {Text}";

    private static FileFaultKind KindOf(int error) => error switch
    {
        Native.Errno.NoSpace or Native.Errno.QuotaExceeded => FileFaultKind.DiskFull,
        Native.Errno.ReadOnlyFileSystem => FileFaultKind.ReadOnly,
        Native.Errno.AccessDenied or Native.Errno.NotPermitted => FileFaultKind.Permission,
        Native.Errno.NoEntry => FileFaultKind.Missing,
        Native.Errno.NotDirectory or Native.Errno.Loop => FileFaultKind.Changed,
        _ => FileFaultKind.Other,
    };
}
