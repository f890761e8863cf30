using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>C's <c>struct passwd</c>. It also serves for <c>struct group</c>, of which only the first three fields are used.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct AccountRecord
{
    public byte* Name;
    public byte* Password;
    public uint Number;
    public uint Group;
    public byte* Comment;
    public byte* Home;
}
