namespace TreePush.Core.Syncing;

/// <summary>Limits the file warnings of each host. Nobody reads more of them, and they are stored in the run's folder.</summary>
public sealed class FileWarningLimit
{
    public const int MostNotices = 10_000;
    public const int MostCharacters = 1 << 20;

    private readonly Dictionary<HostName, (int Notices, int Characters)> _told = [];

    /// <returns>The warning to show; for the first one above the limit, a note that further warnings are dropped; null for those after it.</returns>
    public (string Path, string Message)? Admit(HostName host, string path, string message)
    {
        var (notices, characters) = _told.GetValueOrDefault(host);
        if (notices > MostNotices || characters > MostCharacters) return null;
        (notices, characters) = (notices + 1, characters + path.Length + message.Length);
        _told[host] = (notices, characters);
        return notices > MostNotices || characters > MostCharacters ? ("", "further file warnings of this host were dropped") : (path, message);
    }
}
