using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>The beginning of C's <c>struct ifaddrs</c>: one address of one interface, and a pointer to the next.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct InterfaceAddress
{
    public const uint Up = 1;
    public const uint Loopback = 8;

    public InterfaceAddress* Next;
    public byte* Name;
    public uint Flags;

    /// <summary>A <c>struct sockaddr</c>; null for an interface without an address.</summary>
    public byte* Address;
}
