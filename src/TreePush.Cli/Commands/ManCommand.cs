using System.CommandLine;

namespace TreePush.Cli.Commands;

internal static class ManCommand
{
    public static Command Build(RootCommand root)
    {
        _ = root;
        return new Command("man", "man");
    }
}
