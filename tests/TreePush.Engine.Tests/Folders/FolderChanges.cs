using TreePush.Core.Manifests;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Tests.Folders;

internal static class FolderChanges
{
    public static bool Contains(this IEnumerable<FolderChange> changes, FolderChangeKind kind, RelativePath path) => changes.Any(c => c.Kind == kind && c.Path == path);
}
