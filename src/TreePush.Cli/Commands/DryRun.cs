using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary><c>-n</c>: who would be served, and how.</summary>
internal static class DryRun
{
    public static int Show(RunRequest request, TextWriter writer)
    {
        writer.WriteLine(request.Targets.Count);
        return ExitCode.Success;
    }
}
