
namespace TreePush.Testing;

/// <summary>
/// Finds processes by the mount namespace they live in. A process cannot slip out of it by becoming a daemon or by
/// losing its parent, so this finds everything that runs on a host.
/// </summary>
internal static class ProcessTable
{
    public static string? NamespaceOf(int processId)
    {
        try
        {
            return new FileInfo($"/proc/{processId}/ns/mnt").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It ended while we looked.
        }
    }

    public static IReadOnlyList<FleetProcess> InNamespace(string name)
    {
        var found = new List<FleetProcess>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out var id)
                && NamespaceOf(id) == name
                && Read(id) is { } process)
                found.Add(process);
        }

        return found;
    }

    private static FleetProcess? Read(int id)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{id}/status");
            var innermost = Field(status, "NSpid:").Split('\t')[^1];
            var command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ').TrimEnd();
            return new FleetProcess(
                id, int.Parse(innermost), Field(status, "State:")[0], Field(status, "Name:"), command);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Field(string[] status, string name) =>
        status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
}
