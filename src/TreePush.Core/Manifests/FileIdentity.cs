namespace TreePush.Core.Manifests;

/// <summary>What tells a file or directory from every other on its machine while that runs, by whatever name it is found.</summary>
public readonly record struct FileIdentity(ulong Device, ulong Inode);
