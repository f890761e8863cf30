namespace TreePush.Relay.Files.Native;

/// <summary>A file system call that is about to be made. Tests observe each call through a <see cref="FileCalls.Probe"/>.</summary>
/// <param name="name">The kernel's name of the call: <c>openat</c>, <c>statx</c>, <c>pread</c>, <c>getdents64</c>, <c>renameat</c> and so on.</param>
/// <param name="descriptor">
/// The descriptor that the call acts on, or that the name is relative to; <see cref="At.CurrentDirectory"/> for the process's
/// directory.
/// </param>
/// <param name="path">The name relative to the descriptor; empty for the descriptor itself. For a rename, the new name.</param>
/// <param name="flags">The flags of openat(2); 0 for other calls.</param>
internal readonly ref struct FileCall(string name, int descriptor, ReadOnlySpan<byte> path, int flags)
{
    public string Name => name;

    public int Descriptor => descriptor;

    public ReadOnlySpan<byte> Path { get; } = path;

    public int Flags => flags;
}
