namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// Patterns of host names in ssh_config and known_hosts, with the wildcards * and ?. A leading ! excludes names.
/// </summary>
internal static class HostPattern
{
    /// <summary>
    /// Whether one of the patterns matches, and no pattern with a leading exclamation mark does. Case counts, as it does in
    /// ssh_config; for known_hosts, both sides are given in lower case.
    /// </summary>
    public static bool MatchesAny(IEnumerable<string> patterns, string name)
    {
        bool matches = false;
        foreach (string pattern in patterns)
            if (pattern.StartsWith('!'))
            {
                if (Matches(pattern.AsSpan(1), name)) return false;
            }
            else matches |= Matches(pattern, name);
        return matches;
    }

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty) return name.IsEmpty;
        if (pattern[0] != '*') return !name.IsEmpty && (pattern[0] == '?' || pattern[0] == name[0]) && Matches(pattern[1..], name[1..]);
        var rest = pattern.TrimStart('*');
        for (int skipped = 0; skipped <= name.Length; skipped++)
            if (Matches(rest, name[skipped..])) return true;
        return false;
    }
}
