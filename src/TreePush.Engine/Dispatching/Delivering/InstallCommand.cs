using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>
/// A rule's install command as a host runs it: in the package's folder, with TPUSH_FILE (the file's full path), TPUSH_DEST (its folder),
/// TPUSH_PACKAGE (its name), TPUSH_HOST, TPUSH_PORT, TPUSH_USER where the rule names one, and what the host's list says of it.
/// </summary>
internal static class InstallCommand
{
    /// <summary>A folder that is not known in full is below the login's home. Without the folder, the command is not run.</summary>
    private const string Enter = """
        case $TPUSH_DEST in /*) ;; *) TPUSH_DEST=${HOME%/}/$TPUSH_DEST TPUSH_FILE=${HOME%/}/$TPUSH_FILE;; esac; cd "$TPUSH_DEST" || exit

        """;

    public static RemoteCommand Of(StagedPackage package, DeliveryOutcome delivered, Host host, string command)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in host.Variables) variables["TPUSH_" + name] = value;
        foreach (string field in new[] { "HOST", "PORT", "USER" })
            if (host.Field(field) is { } value) variables["TPUSH_" + field] = value;
        variables["TPUSH_PACKAGE"] = package.Name;
        variables["TPUSH_DEST"] = WithoutTilde(delivered.Folder);
        variables["TPUSH_FILE"] = WithoutTilde(delivered.Path);
        return new RemoteCommand(Enter + command, variables) { IsOnce = true };
    }

    private static string WithoutTilde(string path) => path == "~" ? "" : path.StartsWith("~/", StringComparison.Ordinal) ? path[2..] : path;
}
