using TreePush.Core.Queueing;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Queueing;

/// <summary>
/// Which paths an agent may write, and which it may offer. Paths come from the store, and whoever can write there must not reach
/// more than what the agent's own machine allows. Links are looked at when a path is checked, so it is checked before each transfer:
/// whoever can put links below a root on this machine can write there himself.
/// </summary>
/// <param name="roots">The folders below which the agent pulls files. They may be links themselves.</param>
/// <param name="served">Files that originate here, or folders with such files.</param>
public sealed class PathPolicy(IReadOnlyList<string> roots, IReadOnlyList<string> served)
{
    private readonly IReadOnlyList<string> _roots = [.. roots.Select(Full)], _served = [.. served.Select(Full)];

    /// <summary>Whether the file originates here: it is offered, and never written.</summary>
    public bool IsServed(string path) => TaskPath.Fault(path) is null && _served.Any(s => IsAtOrBelow(path, s));

    /// <returns>Why the agent neither pulls nor offers the file, to follow its path in a sentence; null if it may.</returns>
    public string? Fault(string path)
    {
        if (TaskPath.Fault(path) is { } fault) return fault;
        bool isServed = IsServed(path);
        if (RealPath.Of(Path.GetDirectoryName(path)!) is not { } folder) return "has a folder that can't be looked at: a loop of links, or no permission";
        string real = Path.Combine(folder, Path.GetFileName(path));
        if (!(isServed ? _served.Any(s => IsAtOrBelow(real, RealPath.Of(s))) : _roots.Any(r => IsBelow(real, RealPath.Of(r)))))
            return isServed ? "leads out of what is served, by a symbolic link" : "is not below a root of this agent";
        return TaskFile.TypeOf(path) switch
        {
            null or EntryType.File => null,
            EntryType.Folder => "is a directory",
            EntryType.SymbolicLink => "is a symbolic link",
            _ => "is no regular file",
        };
    }

    private static bool IsAtOrBelow(string path, string? folder) => path == folder || IsBelow(path, folder);

    private static bool IsBelow(string path, string? folder) =>
        folder is not null && path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal) && (folder == "/" || path[folder.Length] == '/');

    private static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
