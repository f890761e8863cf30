using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>Flags of openat(2) on Linux. Some differ between processors.</summary>
internal static class Open
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;

    /// <summary>A pipe that took a file's place must not hold us up.</summary>
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    /// <summary>A descriptor that stands for a place only: to act relative to, not to read.</summary>
    public const int PathOnly = 0x200000;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    /// <summary>A directory inside a tree, to act relative to: never what a symbolic link leads to.</summary>
    public static readonly int DirectoryInside = PathOnly | Directory | NoFollow | CloseOnExec;

    /// <summary>A directory inside a tree, to list.</summary>
    public static readonly int ListedDirectory = ReadOnly | Directory | NoFollow | CloseOnExec;

    /// <summary>A file inside a tree, to read.</summary>
    public static readonly int FileInside = ReadOnly | NoFollow | NonBlocking | CloseOnExec;
}
