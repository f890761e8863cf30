namespace TreePush.Core.Manifests;

/// <summary>
/// Decides which entries take part in a sync, by the rules of rsync's <c>--exclude</c> and <c>--include</c> (rsync(1), "PATTERN
/// MATCHING RULES"). The first rule that matches decides; an entry that no rule matches takes part. An excluded directory is not
/// entered, so its contents are never tested.
/// </summary>
public sealed class PathFilter
{
    private readonly PathPattern[] _patterns;

    private PathFilter(IReadOnlyList<FilterRule> rules, PathPattern[] patterns) => (Rules, _patterns) = (rules, patterns);

    public static PathFilter Everything { get; } = new([], []);

    /// <summary>The rules as the user wrote them, to be sent to relays.</summary>
    public IReadOnlyList<FilterRule> Rules { get; }

    /// <returns>The filter; or null and what is wrong with the patterns.</returns>
    public static (PathFilter? Filter, IReadOnlyList<Problem> Problems) Parse(IEnumerable<(bool Include, string Pattern)> rules) =>
        Parse(rules.Select(r => new FilterRule(r.Include, ByteString.OfText(r.Pattern))));

    /// <inheritdoc cref="Parse(IEnumerable{ValueTuple{bool, string}})"/>
    public static (PathFilter? Filter, IReadOnlyList<Problem> Problems) Parse(IEnumerable<FilterRule> rules)
    {
        List<FilterRule> given = [.. rules];
        var problems = new List<Problem>();
        var patterns = new List<PathPattern>();
        foreach (var rule in given)
        {
            var (pattern, fault) = PathPattern.Parse(rule);
            if (pattern is not null) patterns.Add(pattern);
            else problems.Add(new Problem(rule.Include ? "--include" : "--exclude", $"the pattern '{rule.Pattern}' {fault}"));
        }

        return problems.Count == 0 ? (new PathFilter(given, [.. patterns]), problems) : (null, problems);
    }

    /// <summary>Whether a rule excludes the entry itself. The root is never excluded.</summary>
    /// <param name="path">The path, in the form of <see cref="RelativePath.Bytes"/>.</param>
    public bool Excludes(ReadOnlySpan<byte> path, bool isDirectory)
    {
        if (path.IsEmpty) return false;
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(path, isDirectory)) return !pattern.Include;
        }

        return false;
    }

    /// <summary>Whether a rule excludes the entry or a directory above it.</summary>
    public bool ExcludesWithin(RelativePath path, bool isDirectory)
    {
        var bytes = path.Bytes;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '/' && Excludes(bytes[..i], isDirectory: true)) return true;
        }

        return Excludes(bytes, isDirectory);
    }
}
