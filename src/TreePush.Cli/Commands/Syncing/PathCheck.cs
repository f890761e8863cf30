using System.Text.RegularExpressions;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Commands.Syncing;

/// <summary>
/// Checks SRC and DEST before any host is contacted: whether SRC exists, if it is on this machine, and the mistakes that
/// users of rsync are likely to make.
/// </summary>
internal static partial class PathCheck
{
    /// <param name="isHere">SRC is on this machine.</param>
    /// <param name="asRoot">Root reads SRC, and may read more than the user.</param>
    public static IEnumerable<Problem> Problems(string source, string destination, bool isHere, bool asRoot)
    {
        foreach (var (name, path) in new[] { ("SRC", source), ("DEST", destination) })
        {
            if (path.Contains('\0', StringComparison.Ordinal))
            {
                if (name == "SRC") yield return new Problem(name, "the path has a NUL character");
            }
            else if (RemotePath().IsMatch(path) && !Path.Exists(path))
                yield return new Problem(name, $"{HostSyntax.Quoted(path)} names a host, as in rsync; give only a path",
                    $"{(name == "SRC" ? "-s names the hosts that have SRC" : "-l or -w name the targets")}; to name such a file, write {HostSyntax.Quoted("./" + path)}");
            else if (path[0] == '~' && (name == "DEST" || !isHere || !Path.Exists(path)))
                yield return new Problem(name, $"no shell reads {HostSyntax.Quoted(path)}, so '~' is not replaced",
                    "omit '~/': on a host, a relative path begins at the login's home directory");
            else if (name == "SRC" && isHere && !asRoot && FaultHere(path) is { } fault)
                yield return new Problem(name, fault, Path.Exists(destination) ? "DEST exists: did you swap SRC and DEST? SRC comes first" : "-s names the hosts that have SRC, if it is not this machine");
        }
    }

    /// <summary>Whether DEST on a source is SRC itself, judged by the paths.</summary>
    public static bool AreSame(string source, string destination, bool isHere)
    {
        string from = Plain(source, isHere), to = Plain(destination, isHere);
        return from == to || (destination.EndsWith('/') && from == Plain(destination + Path.GetFileName(from), isHere));
    }

    /// <summary>Whether SRC is an empty directory on this machine; false if it can't be read.</summary>
    public static bool IsEmptyHere(string source)
    {
        try
        {
            return Directory.Exists(source) && !Directory.EnumerateFileSystemEntries(source).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Plain(string path, bool isHere)
    {
        if (isHere) return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".");
        return (path.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }

    private static string? FaultHere(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                using var entries = Directory.EnumerateFileSystemEntries(path).GetEnumerator();
                entries.MoveNext();
                return null;
            }

            if (!File.Exists(path)) return $"there is no {HostSyntax.Quoted(path)} on this machine";
            // Opening a pipe waits for its writer. Pipes and devices have length 0.
            if (new FileInfo(path).Length > 0) File.OpenHandle(path).Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{HostSyntax.Quoted(path)} can't be read: {e.Message}";
        }
    }

    /// <summary>Matches host:path, user@host:path, host::module and rsync://host/path.</summary>
    [GeneratedRegex(@"^(rsync://|[A-Za-z0-9_.@\-]+:|\[[0-9A-Fa-f:]+\]:)", RegexOptions.CultureInvariant)]
    private static partial Regex RemotePath();
}
