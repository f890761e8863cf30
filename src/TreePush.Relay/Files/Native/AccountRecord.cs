using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>What C's <c>struct passwd</c> and <c>struct group</c> begin with alike, with room for the rest of either.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct AccountRecord
{
    public byte* Name;
    public byte* Password;
    public uint Number;
}
