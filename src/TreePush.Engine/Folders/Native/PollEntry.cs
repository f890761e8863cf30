using System.Runtime.InteropServices;

namespace TreePush.Engine.Folders.Native;

/// <summary>C's <c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public const short Readable = 1;

    public int Descriptor;
    public short Wanted;
    public short Happened;
}
