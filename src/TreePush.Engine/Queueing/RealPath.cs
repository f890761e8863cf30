namespace TreePush.Engine.Queueing;

/// <summary>Where a path leads when all links on it are followed, as realpath(1) with <c>--canonicalize-missing</c> tells it.</summary>
internal static class RealPath
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    /// <param name="path">An absolute path. What is not there has no links.</param>
    /// <returns>Null if it can't be told: there are too many links, or a folder can't be looked at.</returns>
    public static string? Of(string path)
    {
        var ahead = new Stack<string>();
        Push(ahead, path);
        string reached = "/";
        int links = 0;
        while (ahead.TryPop(out string? name))
        {
            if (name is "" or ".") continue;
            if (name == "..")
            {
                reached = Path.GetDirectoryName(reached) ?? "/";
                continue;
            }

            string next = Path.Combine(reached, name);
            if (!TryReadLink(next, out string? target)) return null;
            if (target is null) reached = next;
            else if (++links > MostLinks) return null;
            else
            {
                if (target.StartsWith('/')) reached = "/";
                Push(ahead, target);
            }
        }

        return reached;
    }

    private static void Push(Stack<string> ahead, string path)
    {
        foreach (string name in path.Split('/').Reverse()) ahead.Push(name);
    }

    /// <returns>False if it can't be looked at.</returns>
    private static bool TryReadLink(string path, out string? target)
    {
        target = null;
        try
        {
            target = new FileInfo(path).LinkTarget;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
