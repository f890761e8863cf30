using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>
/// Functions of the C library. Those with SetLastError return -1 on failure, and the runtime keeps the error number. For files,
/// only <see cref="At"/>, <see cref="Opened"/>, <see cref="DiskSync"/> and <see cref="Descriptor"/> call them.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, byte* path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>Makes a system call by its number, for calls that older C libraries have no function for.</summary>
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(int descriptor, long size);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(int descriptor, uint mode);

    [LibraryImport(Library, EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(int descriptor, uint user, uint group);

    [LibraryImport(Library, EntryPoint = "futimens", SetLastError = true)]
    public static partial int SetTimes(int descriptor, TimeSpec* accessAndModification);

    [LibraryImport(Library, EntryPoint = "utimensat", SetLastError = true)]
    public static partial int SetTimesAt(int directory, byte* path, TimeSpec* accessAndModification, int flags);

    [LibraryImport(Library, EntryPoint = "fchownat", SetLastError = true)]
    public static partial int ChangeOwnerAt(int directory, byte* path, uint user, uint group, int flags);

    [LibraryImport(Library, EntryPoint = "fchmodat", SetLastError = true)]
    public static partial int ChangeModeAt(int directory, byte* path, uint mode, int flags);

    [LibraryImport(Library, EntryPoint = "faccessat", SetLastError = true)]
    public static partial int AccessAt(int directory, byte* path, int mode, int flags);

    [LibraryImport(Library, EntryPoint = "renameat", SetLastError = true)]
    public static partial int RenameAt(int fromDirectory, byte* from, int toDirectory, byte* to);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int UnlinkAt(int directory, byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeDirectoryAt(int directory, byte* path, uint mode);

    [LibraryImport(Library, EntryPoint = "symlinkat", SetLastError = true)]
    public static partial int SymlinkAt(byte* target, int directory, byte* path);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLinkAt(int directory, byte* path, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int descriptor);

    [LibraryImport(Library, EntryPoint = "syncfs", SetLastError = true)]
    public static partial int SyncFileSystem(int descriptor);

    [LibraryImport(Library, EntryPoint = "sync")]
    public static partial void SyncAll();

    [LibraryImport(Library, EntryPoint = "sync_file_range", SetLastError = true)]
    public static partial int SyncRange(int descriptor, long offset, long length, uint flags);

    [LibraryImport(Library, EntryPoint = "fstatfs")]
    public static partial int FileSystemStatus(int descriptor, long* status);

    [LibraryImport(Library, EntryPoint = "getrlimit")]
    public static partial int ResourceLimit(int resource, ulong* softAndHard);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "getenv")]
    public static partial byte* Environment(byte* name);

    [LibraryImport(Library, EntryPoint = "getpwuid_r")]
    public static partial int UserByNumber(uint number, AccountRecord* record, byte* buffer, nuint size, AccountRecord** found);

    [LibraryImport(Library, EntryPoint = "getpwnam_r")]
    public static partial int UserByName(byte* name, AccountRecord* record, byte* buffer, nuint size, AccountRecord** found);

    [LibraryImport(Library, EntryPoint = "getgrgid_r")]
    public static partial int GroupByNumber(uint number, AccountRecord* record, byte* buffer, nuint size, AccountRecord** found);

    [LibraryImport(Library, EntryPoint = "getgrnam_r")]
    public static partial int GroupByName(byte* name, AccountRecord* record, byte* buffer, nuint size, AccountRecord** found);

    /// <summary>Returns zero and a list, which the caller must free with <see cref="FreeAddresses"/>; or -1.</summary>
    [LibraryImport(Library, EntryPoint = "getifaddrs")]
    public static partial int GetAddresses(InterfaceAddress** first);

    /// <summary>Returns one and stores the bytes if the text is an address of the family; else returns zero.</summary>
    [LibraryImport(Library, EntryPoint = "inet_pton")]
    public static partial int ReadAddress(int family, byte* text, byte* address);

    [LibraryImport(Library, EntryPoint = "freeifaddrs")]
    public static partial void FreeAddresses(InterfaceAddress* first);

    /// <summary>Writes an address as text with a closing NUL; returns null if the library does not know the family.</summary>
    [LibraryImport(Library, EntryPoint = "inet_ntop")]
    public static partial byte* AddressToText(int family, byte* address, byte* text, uint size);

    [LibraryImport(Library, EntryPoint = "setenv")]
    public static partial int SetEnvironment(byte* name, byte* value, int overwrite);
}
