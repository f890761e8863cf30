using System.CommandLine;
using System.CommandLine.Parsing;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Commands;

/// <summary>Finds mistakes that the parser accepts.</summary>
internal static class UsageCheck
{
    public static IReadOnlyList<Problem> Problems(CommandTree tree, ParseResult parsed)
    {
        if (IsGiven(parsed, tree.Help)) return [];
        if (parsed.Tokens.FirstOrDefault(t => t.Type == TokenType.Directive) is { } bracketed)
            return [new Problem("", $"{HostSyntax.Quoted(bracketed.Value)} can't be the first word",
                "put options before a command that begins and ends with a bracket: treepush -s HOSTS -l FILE '[ ... ]'")];

        string? template = parsed.GetResult(tree.Push.Command)?.Tokens.FirstOrDefault()?.Value;
        var command = parsed.CommandResult.Command;
        var swallowed = Swallowed(parsed, command);
        if (swallowed.Count > 0) return swallowed;

        // The parser takes an unknown option for an argument if there is room for one.
        var arguments = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value);
        string[] stray = [.. template is null ? [] : new[] { template }, .. arguments, .. parsed.UnmatchedTokens];
        if (stray.FirstOrDefault(LooksLikeOption) is { } unknown && !HasSeparator(parsed))
            return [new Problem("", $"there is no option {HostSyntax.Quoted(unknown)}", Suggestion(command, unknown) ?? HelpHint(tree, command))];

        return command == tree.Root ? Misread(tree, parsed, template) : OfCommand(tree, parsed, template);
    }

    /// <summary>Problems of a command line for the push.</summary>
    private static IReadOnlyList<Problem> Misread(CommandTree tree, ParseResult parsed, string? template)
    {
        if (template is not null && CommandTree.Reserved.Contains(template.Trim()) && !HasSeparator(parsed))
            return [new Problem("", $"the command '{template.Trim()}' is planned but not in this version",
                $"to run a program of that name on the sources, put it last: treepush -s HOSTS -l FILE -- {template.Trim()}")];

        if (parsed.UnmatchedTokens.Count > 0)
            return [new Problem("", $"{HostSyntax.Quoted(parsed.UnmatchedTokens[0])} is an unexpected argument",
                HasSeparator(parsed)
                    ? "after --, give only the command, as one argument; put options before --"
                    : "the command for the sources must be one argument: put it in single quotes")];

        return [.. parsed.Errors.Select(e => new Problem("", e.Message, HelpHint(tree, tree.Root)))];
    }

    /// <summary>Problems of a command line for a subcommand.</summary>
    private static IReadOnlyList<Problem> OfCommand(CommandTree tree, ParseResult parsed, string? template)
    {
        var command = parsed.CommandResult.Command;
        if (template is not null)
            return [new Problem("", $"{HostSyntax.Quoted(template)} comes before the command '{command.Name}', which would ignore it",
                $"to run a command that is called '{command.Name}', write it with its path or in quotes with its arguments: treepush '/usr/bin/{command.Name}' ...")];

        var early = parsed.RootCommandResult.Children.OfType<OptionResult>().FirstOrDefault(o => !o.Implicit && !o.Option.Recursive);
        if (early is not null)
            return [new Problem("", $"{early.IdentifierToken!.Value} comes before the command '{command.Name}', which would ignore it", HelpHint(tree, command))];

        return [.. parsed.Errors.Select(e => new Problem(command.Name, e.Message, HelpHint(tree, command)))];
    }

    /// <summary>Options that took the next option as their value.</summary>
    private static List<Problem> Swallowed(ParseResult parsed, Command command)
    {
        var known = command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(o => o.Recursive)).SelectMany(o => o.Aliases.Append(o.Name)).ToHashSet();
        return [.. parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(o => !o.Implicit && o.Tokens.Any(t => known.Contains(t.Value)))
            .Select(o => new Problem(o.IdentifierToken!.Value, $"its value is missing: {HostSyntax.Quoted(o.Tokens.First(t => known.Contains(t.Value)).Value)} follows"))];
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static string HelpHint(CommandTree tree, Command command) =>
        command == tree.Root ? "treepush --help lists all options" : $"treepush {command.Name} --help lists all options";

    private static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-' && !word.Contains(' ', StringComparison.Ordinal);

    private static bool HasSeparator(ParseResult parsed) => parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash);

    private static string? Suggestion(Command command, string word)
    {
        var near = command.Options.SelectMany(o => o.Aliases.Append(o.Name)).Where(n => n.StartsWith("--", StringComparison.Ordinal))
            .Select(n => (Name: n, Distance: Distance(n, word))).Where(c => c.Distance <= 2).ToList();
        return near.Count == 0 ? null : $"did you mean {near.MinBy(c => c.Distance).Name}?";
    }

    /// <summary>The number of letters to change to turn one word into the other (Levenshtein distance).</summary>
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
