using System.CommandLine;
using TreePush.Cli.Commands;
using TreePush.Cli.Commands.Syncing;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Tests.Commands;

/// <summary>Command lines, read as the program reads them.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static (CommandTree Tree, ParseResult Parsed) Parse(params string[] words)
    {
        var tree = CommandTree.Build();
        return (tree, tree.Root.Parse(words, Parsing));
    }

    /// <summary>What is wrong with the words as such.</summary>
    public static IReadOnlyList<Problem> Misuse(params string[] words)
    {
        var (tree, parsed) = Parse(words);
        return UsageCheck.Problems(tree, parsed);
    }

    public static PushSettings Settings(params string[] words)
    {
        var (tree, parsed) = Parse(words);
        return PushSettings.Read(tree.Push, parsed);
    }

    /// <param name="words">What stands behind <c>sync</c>.</param>
    public static SyncSettings SyncSettings(params string[] words)
    {
        var options = new SyncOptions();
        var command = SyncCommand.Bare(options);
        return Cli.Commands.Syncing.SyncSettings.Read(options, command.Parse(words, Parsing));
    }

    /// <summary>What <c>--help</c> behind these words prints.</summary>
    public static string Help(params string[] words)
    {
        using var output = new StringWriter();
        var (_, parsed) = Parse([.. words, "--help"]);
        parsed.Invoke(new InvocationConfiguration { Output = output }).Should().Be(0);
        return output.ToString();
    }
}
