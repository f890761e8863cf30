using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Finds out whether names that differ only in case are the same file, by creating a file and looking it up.</summary>
internal static class CaseProbe
{
    private const uint OwnerOnly = 0b110_000_000;

    /// <summary>A temporary's name. If the file can't be removed, the next <c>--delete</c> removes it.</summary>
    private static ReadOnlySpan<byte> Lower => ".case.treepush-part"u8;

    private static ReadOnlySpan<byte> Upper => ".CASE.treepush-part"u8;

    /// <param name="directory">An open, writable directory.</param>
    /// <returns>Whether case is ignored. False if no file can be created, because then no file can be overwritten either.</returns>
    public static bool FoldsIn(int directory)
    {
        int made = At.Open(directory, Lower, Open.ReadWrite | Open.Create | Open.NoFollow | Open.CloseOnExec, OwnerOnly);
        if (made < 0) return false;
        bool folds = At.Status(made, out var lower) == 0 && At.Status(directory, Upper, out var upper) == 0 && upper.Identity == lower.Identity;
        Opened.Close(made);
        _ = At.Unlink(directory, Lower);
        return folds;
    }
}
