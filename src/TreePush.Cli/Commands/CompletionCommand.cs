using System.CommandLine;

namespace TreePush.Cli.Commands;

internal static class CompletionCommand
{
    public static Command Build(RootCommand root)
    {
        _ = root;
        return new Command("completion", "completion");
    }
}
