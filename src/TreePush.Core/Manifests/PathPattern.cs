namespace TreePush.Core.Manifests;

/// <summary>
/// A pattern of a filter. A pattern without a slash matches names. A pattern with a slash matches the end of a path, from the
/// start of any component. A pattern that begins with a slash matches the whole path.
/// </summary>
internal sealed class PathPattern
{
    private readonly bool _anchored;
    private readonly bool _directoriesOnly;

    /// <summary>The pattern begins with <c>**</c>, which may then match nothing even if a slash follows.</summary>
    private readonly bool _beginsAnywhere;

    /// <summary>The pattern ends in <c>/***</c>, which matches the directory as well as its contents.</summary>
    private readonly bool _includesDirectory;
    private readonly Wildcard _wildcard;

    private PathPattern(bool include, ReadOnlySpan<byte> text, Wildcard wildcard)
    {
        Include = include;
        _anchored = text[0] == '/';
        _directoriesOnly = IsForDirectories(text);
        _beginsAnywhere = text.StartsWith("**"u8);
        _includesDirectory = text.EndsWith("***"u8);
        _wildcard = wildcard;
    }

    public bool Include { get; }

    /// <returns>The pattern; or what is wrong with it, to follow "the pattern P" in a message.</returns>
    public static (PathPattern? Pattern, string? Fault) Parse(FilterRule rule)
    {
        var text = rule.Pattern.Bytes;
        if (text.IsEmpty) return (null, "is empty");
        if (text.Length > RelativePath.LongestPath) return (null, "is longer than a path can be");
        if (text.Contains((byte)0)) return (null, "holds a NUL, which no path can");
        if (text.SequenceEqual("/"u8)) return (null, "stands for the root itself, which always takes part");
        var body = IsForDirectories(text) ? text[..^1] : text;
        if (body[0] == '/') body = body[1..];
        foreach (var range in body.Split((byte)'/'))
        {
            var component = body[range];
            if (component.IsEmpty || component.SequenceEqual("."u8) || component.SequenceEqual(".."u8))
                return (null, "has a component that no path has");
        }

        var (wildcard, fault) = Wildcard.Parse(body);
        return wildcard is null ? (null, fault) : (new PathPattern(rule.Include, text, wildcard), null);
    }

    private static bool IsForDirectories(ReadOnlySpan<byte> text) => text.Length > 1 && text[^1] == '/';

    public bool Matches(ReadOnlySpan<byte> path, bool isDirectory)
    {
        if (_directoriesOnly && !isDirectory) return false;
        var place = new WildcardPlace(
            AnyComponent: !_anchored && !_beginsAnywhere, SlashBefore: _beginsAnywhere, SlashBehind: _includesDirectory && isDirectory);
        return _wildcard.Matches(path, place);
    }
}
