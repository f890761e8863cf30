namespace TreePush.Testing;

internal static class SshKeys
{
    /// <summary>Makes a key pair; one that is there is replaced.</summary>
    public static Task CreateAsync(string path, CancellationToken cancellationToken)
    {
        File.Delete(path);
        return Tool.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "fleet", "-f", path], cancellationToken);
    }

    /// <summary>Makes a home's .ssh directory, with the permissions without which ssh would not use it.</summary>
    /// <param name="keyPath">The key that opens this home's account.</param>
    /// <param name="holdsKey">Whether the home has the private key as well, and so can log in elsewhere.</param>
    /// <param name="configuration">What ssh does by default in this home.</param>
    public static async Task FurnishAsync(
        string home, string keyPath, bool holdsKey, string configuration, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(
            Path.Combine(home, ".ssh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        File.Copy($"{keyPath}.pub", Path.Combine(directory, "authorized_keys"));
        await File.WriteAllTextAsync(Path.Combine(directory, "config"), configuration, cancellationToken);
        if (!holdsKey)
            return;
        File.Copy(keyPath, Path.Combine(directory, "id_ed25519"));
        File.Copy($"{keyPath}.pub", Path.Combine(directory, "id_ed25519.pub"));
    }
}
