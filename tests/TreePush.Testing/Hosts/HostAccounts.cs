namespace TreePush.Testing;

/// <summary>Who can log in at a host and what they may do there; the machine's accounts, but for what the options change.</summary>
internal sealed class HostAccounts(string root, HostOptions options)
{
    public const string Sudo = "/usr/bin/sudo";
    private const int UserId = 2000;

    /// <summary>What is put over the machine's files.</summary>
    public IReadOnlyList<Bind> Binds =>
    [
        .. Files().Select(file => new Bind(PathOf(file.Key), file.Key)),
    ];

    public async Task WriteAsync(string home, CancellationToken cancellationToken)
    {
        if (options.LoginUser is not null && HostOptions.MissingSudo() is { } missing)
            throw new InvalidOperationException(missing);
        foreach (var (path, change) in Files())
        {
            await File.WriteAllLinesAsync(PathOf(path), change(await File.ReadAllLinesAsync(path, cancellationToken)), cancellationToken);
            File.SetUnixFileMode(PathOf(path), File.GetUnixFileMode(path));
        }

        if (options.LoginUser is not null)
            await Tool.RunAsync("chown", ["-R", $"{UserId}:{UserId}", home], cancellationToken);
    }

    private Dictionary<string, Func<string[], IEnumerable<string>>> Files()
    {
        Dictionary<string, Func<string[], IEnumerable<string>>> files = [];
        if (options.LoginShell is { } shell)
            files["/etc/passwd"] = lines => lines.Select(line => WithShell(line, shell));
        if (options.LoginUser is not { } user)
            return files;

        // An account with a star can't be opened by a password, but is not locked, which sshd would take as a no.
        files["/etc/passwd"] = lines => [.. lines, $"{user}:x:{UserId}:{UserId}::/home/{user}:{options.LoginShell ?? "/bin/bash"}"];
        files["/etc/group"] = lines => [.. lines, $"{user}:x:{UserId}:"];
        files["/etc/shadow"] = lines => [.. lines, $"{user}:*:19000:0:99999:7:::"];
        files["/etc/sudoers"] = _ => ["root ALL=(ALL:ALL) ALL", $"{user} ALL=(ALL:ALL) NOPASSWD: ALL"];
        return files;
    }

    private string PathOf(string path) => Path.Combine(root, Path.GetFileName(path));

    private static string WithShell(string account, string shell) =>
        account.StartsWith("root:", StringComparison.Ordinal) ? $"{account[..account.LastIndexOf(':')]}:{shell}" : account;
}
