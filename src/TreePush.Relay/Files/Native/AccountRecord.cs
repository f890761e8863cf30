using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>C's <c>struct passwd</c>, and what <c>struct group</c> begins with alike: there only the first three fields mean anything.</summary>
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
