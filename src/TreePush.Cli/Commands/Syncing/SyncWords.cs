namespace TreePush.Cli.Commands.Syncing;

/// <summary>A sync as one line: the command in the run's log, report and JSON.</summary>
internal static class SyncWords
{
    public static string Of(SyncSettings settings)
    {
        var words = new List<string> { "sync", Word(settings.Source!), Word(settings.Destination!) };
        void Flag(bool given, string name)
        {
            if (given) words.Add(name);
        }

        Flag(settings.Delete, "--delete");
        if (settings.MaxDelete is { } most) words.AddRange(["--max-delete", most.ToString()]);
        Flag(settings.Checksum, "--checksum");
        foreach (var rule in settings.Rules) words.AddRange([rule.Include ? "--include" : "--exclude", Word(rule.Pattern)]);
        Flag(settings.OneFileSystem, "--one-file-system");
        Flag(settings.Owner, "--owner");
        Flag(settings.Force, "--force");
        Flag(settings.Sudo, "--sudo");
        Flag(settings.Compress, "--compress");
        Flag(settings.NoFsync, "--no-fsync");
        Flag(settings.Run.DryRun, "--dry-run");
        return string.Join(' ', words);
    }

    private static string Word(string text)
    {
        bool isPlain = text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "/._-+,:@%=".Contains(c, StringComparison.Ordinal));
        return isPlain ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
