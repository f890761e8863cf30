using System.CommandLine;

namespace TreePush.Cli.Commands;

/// <summary>The three kinds of options there are. Values that need more than a word are kept as text, and read by a <see cref="ValueReader"/>.</summary>
internal static class NewOption
{
    /// <param name="value">What stands for the value in help; <see cref="Completion.ValueKind"/> says how completion reads it.</param>
    public static Option<string?> One(string name, string? alias, string value, string description) =>
        new(name, Aliases(alias)) { Description = description, HelpName = value };

    /// <summary>An option that may be given several times.</summary>
    public static Option<string[]> Many(string name, string? alias, string value, string description) =>
        new(name, Aliases(alias)) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    /// <summary>A flag takes no value, or a command that is called "true" would be taken for one.</summary>
    public static Option<bool> Flag(string name, string? alias, string description) =>
        new(name, Aliases(alias)) { Description = description, Arity = ArgumentArity.Zero };

    private static string[] Aliases(string? alias) => alias is null ? [] : [alias];
}
