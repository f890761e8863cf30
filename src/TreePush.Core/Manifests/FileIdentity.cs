namespace TreePush.Core.Manifests;

/// <summary>Identifies a file or directory on its machine, whatever its name, until the machine is restarted.</summary>
public readonly record struct FileIdentity(ulong Device, ulong Inode);
