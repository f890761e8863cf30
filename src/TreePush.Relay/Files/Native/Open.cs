using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>Flags of openat(2) on Linux. Some differ between processors.</summary>
internal static class Open
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;

    /// <summary>Does not block on a pipe that has taken a file's place.</summary>
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    /// <summary>Opens a place (O_PATH): the descriptor can be used as the base of other calls, but not for reading.</summary>
    public const int PathOnly = 0x200000;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    /// <summary>Opens a directory inside a tree as the base of other calls, without following a symbolic link.</summary>
    public static readonly int DirectoryInside = PathOnly | Directory | NoFollow | CloseOnExec;

    /// <summary>Opens a directory inside a tree to list it.</summary>
    public static readonly int ListedDirectory = ReadOnly | Directory | NoFollow | CloseOnExec;

    /// <summary>Opens a file inside a tree for reading.</summary>
    public static readonly int FileInside = ReadOnly | NoFollow | NonBlocking | CloseOnExec;
}
