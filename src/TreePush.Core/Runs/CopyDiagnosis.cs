namespace TreePush.Core.Runs;

/// <summary>Tells why a host did not take a file, by what its programs print. They are asked to speak English.</summary>
public static class CopyDiagnosis
{
    private static readonly (string Text, FailureKind Kind, string Hint)[] Signs =
    [
        ("o space left", FailureKind.TargetDiskFull, "free some space on that host"),
        ("uota exceeded", FailureKind.TargetDiskFull, "the login's quota on that host is used up"),
        ("ead-only file system", FailureKind.TargetNotWritable, "the file system is mounted read-only"),
        ("ermission denied", FailureKind.TargetNotWritable, "the login must be able to write there"),
        ("peration not permitted", FailureKind.TargetNotWritable, "the login must be able to write there"),
        ("a directory has this name", FailureKind.TargetConflict, "move it away; a directory is never replaced by a file"),
        ("ot a directory", FailureKind.TargetConflict, "a file stands where a folder should be"),
        ("ile exists", FailureKind.TargetConflict, "a file stands where a folder should be"),
    ];

    /// <param name="path">The file's full path at the host.</param>
    /// <param name="status">The exit status of what wrote it.</param>
    /// <param name="said">What was printed, the last lines.</param>
    public static Failure Of(Host host, string path, int status, IReadOnlyList<string> said)
    {
        string last = OwnShell.Without(said.LastOrDefault(l => Signs.Any(s => l.Contains(s.Text, StringComparison.Ordinal))) ?? said.LastOrDefault() ?? "");
        var (_, kind, hint) = Signs.FirstOrDefault(s => last.Contains(s.Text, StringComparison.Ordinal));
        string reason = last.Length > 0 ? last : $"status {status}";
        return new Failure(kind == default ? FailureKind.CommandFailed : kind, $"{DisplayText.Line(path, 200)} could not be written on {host}: {DisplayText.Line(reason, 200)}", hint, status);
    }
}
