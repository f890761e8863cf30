using System.Runtime.InteropServices;

namespace TreePush.Engine.Folders.Native;

/// <summary>Flags of openat(2) on Linux. Some differ between processors.</summary>
internal static class OpenFlags
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    /// <summary>The descriptor stands for a place only: to act relative to it, not to read.</summary>
    private const int PathOnly = 0x200000;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
    private static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    private static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    /// <summary>A folder that the user named: links are followed.</summary>
    public static readonly int NamedFolder = PathOnly | Directory | CloseOnExec;

    /// <summary>A file that the user named: links are followed, and a pipe holds nobody up.</summary>
    public static readonly int NamedFile = NonBlocking | CloseOnExec;

    /// <summary>A folder inside another, to act relative to it.</summary>
    public static readonly int FolderInside = PathOnly | Directory | NoFollow | CloseOnExec;

    /// <summary>A folder to list.</summary>
    public static readonly int ListedFolder = Directory | NoFollow | CloseOnExec;

    /// <summary>A file inside a folder, to read. What took its place meanwhile holds nobody up.</summary>
    public static readonly int FileInside = NoFollow | NonBlocking | CloseOnExec;
}
