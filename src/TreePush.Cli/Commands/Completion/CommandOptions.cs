using System.CommandLine;

namespace TreePush.Cli.Commands.Completion;

/// <summary>What completion scripts need to know about options.</summary>
internal static class CommandOptions
{
    /// <summary>The options outside of the groups: help for each command, and version for the program.</summary>
    public static IEnumerable<Option> General(IReadOnlyList<CommandPage> pages, CommandPage page)
    {
        var root = pages[0].Command;
        return root.Options.Where(o => o.Recursive || (page.Command == root && o is VersionOption));
    }

    /// <summary>All names of an option, the short one first.</summary>
    public static IEnumerable<string> Names(Option option) => option.Aliases.Append(option.Name).OrderBy(n => n.Length);

    /// <summary>Whether an option may be given more than once.</summary>
    public static bool IsRepeatable(Option option) => option.Arity.MaximumNumberOfValues > 1;
}
