using System.Text.Unicode;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>Why a name can't be a package.</summary>
internal static class RefusalReason
{
    public const string Hint = "only regular files are packages";

    /// <summary>What to do about a name that was refused.</summary>
    public static string HintFor(EntryType type) => type == EntryType.File ? "rename it" : Hint;

    /// <returns>Null for a regular file.</returns>
    public static string? OfType(EntryType type) => type switch
    {
        EntryType.File => null,
        EntryType.Folder => "is a folder",
        EntryType.SymbolicLink => "is a symbolic link",
        EntryType.Pipe => "is a named pipe",
        EntryType.Socket => "is a socket",
        _ => "is a device",
    };

    /// <returns>Null for a path that can be shown, written down and sent as text.</returns>
    public static string? OfPath(RelativePath path) => Utf8.IsValid(path.Bytes) ? null : "its name is not valid UTF-8";
}
