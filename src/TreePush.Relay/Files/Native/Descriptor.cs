using Microsoft.Win32.SafeHandles;

namespace TreePush.Relay.Files.Native;

/// <summary>
/// An open file that several threads use: it is closed only when none is inside a call, so that no call ever reaches
/// another file that got the same number.
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

    /// <summary>While this is not disposed, the descriptor stays open.</summary>
    public readonly ref struct Use(Descriptor owner, int number)
    {
        public int Number => number;

        public void Dispose() => owner.DangerousRelease();
    }
}
