using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Folders.Linux;

/// <summary>Wakes a thread that waits for a descriptor. Any thread may ring; one waits.</summary>
internal sealed unsafe class WakeUp : IDisposable
{
    private const int NonBlockingAndCloseOnExec = 0x80800;

    private readonly SafeFileHandle _event;

    public WakeUp()
    {
        int descriptor = Libc.MakeEvent(0, NonBlockingAndCloseOnExec);
        if (descriptor < 0) throw new IOException($"no event descriptor: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        _event = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Wakes the thread, now or when it waits next. Nothing happens after disposal.</summary>
    public void Ring()
    {
        bool held = false;
        try
        {
            _event.DangerousAddRef(ref held);
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        ulong one = 1;
        _ = Libc.Write((int)_event.DangerousGetHandle(), (byte*)&one, sizeof(ulong));
        _event.DangerousRelease();
    }

    /// <summary>Waits for a ring, or until the other descriptor can be read.</summary>
    /// <param name="other">-1 for none.</param>
    public void Wait(int other)
    {
        int bell = (int)_event.DangerousGetHandle();
        PollEntry* entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = bell, Wanted = PollEntry.Readable };
        entries[1] = new PollEntry { Descriptor = other, Wanted = PollEntry.Readable };
        _ = Libc.Poll(entries, 2, -1);
        if (entries[0].Happened == 0) return;
        ulong rings;
        _ = Libc.Read(bell, (byte*)&rings, sizeof(ulong));
    }

    public void Dispose() => _event.Dispose();
}
