using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>The report page (<c>--report</c>).</summary>
internal sealed class HtmlReport(IReportFold fold) : IRunObserver
{
    public void OnEvent(RunEvent happened) => fold.OnEvent(happened);

    /// <summary>Writes the complete page or nothing.</summary>
    /// <param name="exitCode">The run's exit code, which the page shows.</param>
    /// <returns>Why the page could not be written; null if it was.</returns>
    public Problem? Write(string path, int exitCode)
    {
        string page = fold.Page(exitCode);
        try
        {
            Replace(path, page);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem("--report", $"the report {HostSyntax.Quoted(path)} can't be written: {e.Message}",
                "the run itself is over and its journal is kept; name a file in a folder that you can write to");
        }
    }

    /// <summary>Replaces the page atomically. A symbolic link is followed and kept, and a device is written to.</summary>
    private static void Replace(string path, string page)
    {
        string file = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
        if (IsDevice(Path.GetFullPath(path)) || IsDevice(file))
        {
            File.WriteAllText(path, page);
            return;
        }

        string temporary = Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.{Path.GetRandomFileName()}");
        try
        {
            using (var writer = new StreamWriter(new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))) writer.Write(page);
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
}
