namespace TreePush.Cli.Commands.Completion;

/// <summary>What the value of an option or argument may be, read from the name that stands for it in help: <c>N|auto</c> is a number or the word auto, <c>FILE</c> a file.</summary>
/// <param name="Words">What may be written as it is: the alternatives in lower case, without what may follow them in brackets.</param>
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
        // What is brought somewhere mostly comes from the same place.
        "SRC" or "DEST" => ValuePlace.Files,
        "DIR" => ValuePlace.Folders,
        "HOSTS" => ValuePlace.Hosts,
        "RUN" => ValuePlace.Runs,
        _ => ValuePlace.None,
    };
}
