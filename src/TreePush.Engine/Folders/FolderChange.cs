using TreePush.Core.Manifests;

namespace TreePush.Engine.Folders;

/// <summary>A change in a folder, or an entry that was found in it.</summary>
/// <param name="Path">Relative to the folder, in raw bytes.</param>
/// <param name="Status">Of the entry; of the folder itself for a scan; empty for what is gone.</param>
public readonly record struct FolderChange(FolderChangeKind Kind, RelativePath Path, EntryStatus Status);
