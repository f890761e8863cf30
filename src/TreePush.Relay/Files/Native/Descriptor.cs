using Microsoft.Win32.SafeHandles;

namespace TreePush.Relay.Files.Native;

/// <summary>
/// An open file that several threads use. It is closed only when no thread is inside a call, so no call ever reaches another file
/// that was given the same number.
/// </summary>
internal sealed class Descriptor : SafeHandleMinusOneIsInvalid
{
    public Descriptor(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;

    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public Use Enter()
    {
        bool entered = false;
        DangerousAddRef(ref entered);
        return new Use(this, (int)handle);
    }

    /// <summary>Keeps the descriptor open until disposed.</summary>
    public readonly ref struct Use(Descriptor owner, int number)
    {
        public int Number => number;

        public void Dispose() => owner.DangerousRelease();
    }
}
