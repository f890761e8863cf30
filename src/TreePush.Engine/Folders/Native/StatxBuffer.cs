using System.Runtime.InteropServices;

namespace TreePush.Engine.Folders.Native;

/// <summary>The kernel's <c>struct statx</c>, the same on every processor: statx(2).</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatxBuffer
{
    private const int TypeMask = 0xf000;
    private const long NsPerSecond = 1_000_000_000;

    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public ulong Size;
    [FieldOffset(112)] public long ModifiedSeconds;
    [FieldOffset(120)] public uint ModifiedNs;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;

    public readonly EntryStatus Status => new(Type, (long)Size, unchecked((ModifiedSeconds * NsPerSecond) + ModifiedNs), ((ulong)DeviceMajor << 32) | DeviceMinor, Inode);

    private readonly EntryType Type => (Mode & TypeMask) switch
    {
        0x8000 => EntryType.File,
        0x4000 => EntryType.Folder,
        0xa000 => EntryType.SymbolicLink,
        0x1000 => EntryType.Pipe,
        0xc000 => EntryType.Socket,
        _ => EntryType.Device,
    };
}
