using System.Runtime.InteropServices;

namespace TreePush.Engine.Folders.Native;

/// <summary>Linux's error numbers; the same on x64 and arm64.</summary>
internal static class Errno
{
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NotDirectory = 20;
    public const int TooManyFiles = 24;
    public const int NoSpace = 28;
    public const int NameTooLong = 36;

    /// <summary>A symbolic link where none is followed.</summary>
    public const int Loop = 40;
    public const int Stale = 116;

    /// <summary>The path leads nowhere any more: the name is gone, or something that is no folder stands where a folder was.</summary>
    public static bool IsAbsence(int error) => error is NoEntry or NotDirectory or Loop or Stale;

    /// <summary>What the system calls the error, without a full stop.</summary>
    public static string Text(int error) => Marshal.GetPInvokeErrorMessage(error);
}
