namespace TreePush.Relay.Files.Native;

/// <summary>The Linux error numbers that the relay uses. They are the same on x64 and arm64.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int Exists = 17;
    public const int InvalidArgument = 22;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int OutOfRange = 34;
    public const int NameTooLong = 36;
    public const int NotEmpty = 39;

    /// <summary>A symbolic link where links are not followed.</summary>
    public const int Loop = 40;
    public const int Stale = 116;
    public const int QuotaExceeded = 122;

    /// <summary>Whether something other than a directory is in the place of a directory.</summary>
    public static bool IsObstacle(int error) => error is NotDirectory or Loop;

    /// <summary>Whether the name does not exist, or its directory is gone.</summary>
    public static bool IsAbsence(int error) => error is NoEntry or Stale;

    public static bool IsPermission(int error) => error is AccessDenied or NotPermitted;
}
