using System.CommandLine;

namespace TreePush.Cli.Commands;

/// <summary>
/// Creates the three kinds of options. A value that needs parsing is kept as text and read by a
/// <see cref="ValueReader"/>.
/// </summary>
internal static class NewOption
{
    /// <param name="value">The value's name in the help; <see cref="Completion.ValueKind"/> derives completion from it.</param>
    public static Option<string?> One(string name, string? alias, string value, string description) =>
        new(name, Aliases(alias)) { Description = description, HelpName = value };

    /// <summary>An option that may be given several times.</summary>
    public static Option<string[]> Many(string name, string? alias, string value, string description) =>
        new(name, Aliases(alias)) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    /// <summary>A flag takes no value: otherwise a push command "true" after it would be read as its value.</summary>
    public static Option<bool> Flag(string name, string? alias, string description) =>
        new(name, Aliases(alias)) { Description = description, Arity = ArgumentArity.Zero };

    private static string[] Aliases(string? alias) => alias is null ? [] : [alias];
}
