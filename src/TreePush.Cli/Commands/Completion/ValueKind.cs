namespace TreePush.Cli.Commands.Completion;

/// <summary>
/// The kind of an option's or argument's value, read from its name in the help: <c>N|auto</c> is a number or the word
/// auto, <c>FILE</c> is a file.
/// </summary>
/// <param name="Words">The literal values: the alternatives in lower case, without a part in brackets.</param>
internal sealed record ValueKind(ValuePlace Place, IReadOnlyList<string> Words)
{
    public static ValueKind Of(string? helpName)
    {
        string[] alternatives = [.. (helpName?.Split('|') ?? []).Select(a => a.Split('[')[0])];
        string[] words = [.. alternatives.Where(a => a.All(char.IsAsciiLetterLower))];
        var place = alternatives.Select(PlaceOf).FirstOrDefault(p => p != ValuePlace.None);
        return new ValueKind(place, words);
    }

    private static ValuePlace PlaceOf(string name) => name switch
    {
        _ when name.StartsWith("FILE", StringComparison.Ordinal) => ValuePlace.Files,
        // DEST is often the same path as SRC, so local files are useful completions for both.
        "SRC" or "DEST" => ValuePlace.Files,
        "DIR" => ValuePlace.Folders,
        "HOSTS" => ValuePlace.Hosts,
        "RUN" => ValuePlace.Runs,
        _ => ValuePlace.None,
    };
}
