namespace TreePush.Testing;

/// <summary>
/// Takes programs from a host. A directory of programs is covered by one of links to all of them, from which the hidden
/// ones are then missing: whoever looks for one finds nothing, by name as by path.
/// </summary>
internal sealed class HiddenPrograms(string root)
{
    private static readonly string[] SearchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The directories which hold a program, each by the name that is no link to another.</summary>
    public static IReadOnlyList<string> DirectoriesWith(string program) =>
    [
        .. SearchPath
            .Select(path => Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path)
            .Distinct()
            .Where(path => File.Exists(Path.Combine(path, program))),
    ];

    /// <summary>Hides a program in one directory; where the directory is covered already, at once.</summary>
    public async Task HideAsync(Enclosure enclosure, string directory, string program, CancellationToken cancellationToken) =>
        File.Delete(Path.Combine(await CoverAsync(enclosure, directory, cancellationToken), program));

    /// <summary>Has a directory hold a name more, which leads to something that the host sees elsewhere.</summary>
    public async Task ShowAsync(Enclosure enclosure, string directory, string name, string target, CancellationToken cancellationToken)
    {
        string link = Path.Combine(await CoverAsync(enclosure, directory, cancellationToken), name);
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }

    private async Task<string> CoverAsync(Enclosure enclosure, string directory, CancellationToken cancellationToken)
    {
        var cover = Path.Combine(root, directory.Trim('/').Replace('/', '-'));
        var covered = $"{cover}-covered";
        if (!Directory.Exists(cover))
        {
            Directory.CreateDirectory(cover);
            Directory.CreateDirectory(covered);
            foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
                File.CreateSymbolicLink(Path.Combine(cover, entry.Name), entry.LinkTarget ?? Path.Combine(covered, entry.Name));
            await enclosure.RunInsideAsync("mount", ["--rbind", directory, covered], cancellationToken);
            await enclosure.RunInsideAsync("mount", ["--bind", cover, directory], cancellationToken);
        }

        return cover;
    }

    /// <summary>
    /// Takes the TLS library from the host, and from the loader's list of libraries. The ssh server does without it.
    /// </summary>
    public async Task HideLibsslAsync(Enclosure enclosure, CancellationToken cancellationToken)
    {
        foreach (var directory in LibraryDirectories())
        {
            foreach (var library in Directory.EnumerateFiles(directory, "libssl.so*"))
                await HideAsync(enclosure, directory, Path.GetFileName(library), cancellationToken);
        }

        // The loader's tool notes what it has seen in a second place, which is not to be the machine's.
        var list = Path.Combine(root, "ld.so.cache");
        var notes = Directory.CreateDirectory(Path.Combine(root, "ld-notes")).FullName;
        await enclosure.RunInsideAsync("mount", ["--bind", notes, "/var/cache/ldconfig"], cancellationToken);
        await enclosure.RunInsideAsync("/usr/sbin/ldconfig", ["-X", "-C", list], cancellationToken);
        await enclosure.RunInsideAsync("mount", ["--bind", list, "/etc/ld.so.cache"], cancellationToken);
    }

    /// <summary>A new namespace has no covers yet.</summary>
    public void Forget()
    {
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
    }

    private static IEnumerable<string> LibraryDirectories() => Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu")
        .Concat(["/usr/lib", "/usr/lib64", "/usr/local/lib"])
        .Where(path => Directory.Exists(path) && Directory.EnumerateFiles(path, "libssl.so*").Any());
}
