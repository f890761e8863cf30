using System.CommandLine;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Commands;

/// <summary>What the parser lets pass but no user can mean.</summary>
internal static class UsageCheck
{
    private const string HelpHint = "treepush --help lists all options";

    public static IReadOnlyList<Problem> Problems(CommandTree tree, ParseResult parsed)
    {
        if (parsed.Action is not null && parsed.Action.GetType().Namespace!.StartsWith("System.CommandLine", StringComparison.Ordinal) && parsed.Errors.Count == 0
            && parsed.Action.GetType().Name is "HelpAction" or "VersionOptionAction") return [];

        string? template = parsed.GetResult(tree.Push.Command)?.Tokens.FirstOrDefault()?.Value;
        var command = parsed.CommandResult.Command;
        string[] stray = [.. template is null ? [] : new[] { template }, .. parsed.UnmatchedTokens];
        if (stray.FirstOrDefault(LooksLikeOption) is { } unknown && !HasSeparator(parsed))
            return [new Problem("", $"there is no option {HostSyntax.Quoted(unknown)}", Suggestion(command, unknown) ?? HelpHint)];

        if (command != tree.Root && template is not null)
            return [new Problem("", $"{HostSyntax.Quoted(template)} stands in front of the command '{command.Name}', which would ignore it",
                $"to run a command that is called '{command.Name}', write it with its path or in quotes with its arguments: treepush '/usr/bin/{command.Name}' ...")];

        if (command == tree.Root && template is not null && CommandTree.Reserved.Contains(template.Trim()) && !HasSeparator(parsed))
            return [new Problem("", $"the command '{template.Trim()}' is planned but not in this version", $"to run a program of that name on the sources: treepush -- {template.Trim()} ...")];

        if (command == tree.Root && parsed.UnmatchedTokens.Count > 0)
            return [new Problem("", $"{HostSyntax.Quoted(parsed.UnmatchedTokens[0])} is one word too many", "the command for the sources must be one argument: put it in single quotes")];

        return [.. parsed.Errors.Select(e => new Problem(command == tree.Root ? "" : command.Name, e.Message, HelpHint))];
    }

    private static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-' && !word.Contains(' ', StringComparison.Ordinal);

    private static bool HasSeparator(ParseResult parsed) => parsed.Tokens.Any(t => t.Value == "--");

    private static string? Suggestion(Command command, string word)
    {
        var near = command.Options.SelectMany(o => o.Aliases.Append(o.Name)).Where(n => n.StartsWith("--", StringComparison.Ordinal))
            .Select(n => (Name: n, Distance: Distance(n, word))).Where(c => c.Distance <= 2).ToList();
        return near.Count == 0 ? null : $"did you mean {near.MinBy(c => c.Distance).Name}?";
    }

    /// <summary>How many letters must change to make one word of the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
