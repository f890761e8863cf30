namespace TreePush.Relay.Files.Native;

/// <summary>A system call on files that is about to be made. Tests see each one through a <see cref="FileCalls.Probe"/>.</summary>
/// <param name="name">What the kernel calls it: <c>openat</c>, <c>statx</c>, <c>pread</c>, <c>getdents64</c>, <c>renameat</c> and so on.</param>
/// <param name="descriptor">What it acts on, or relative to; <see cref="At.CurrentDirectory"/> for the process's directory.</param>
/// <param name="path">The name relative to the descriptor; empty for the descriptor itself. Of a rename, the new name.</param>
/// <param name="flags">Those of openat(2); 0 for other calls.</param>
internal readonly ref struct FileCall(string name, int descriptor, ReadOnlySpan<byte> path, int flags)
{
    public string Name => name;

    public int Descriptor => descriptor;

    public ReadOnlySpan<byte> Path { get; } = path;

    public int Flags => flags;
}
