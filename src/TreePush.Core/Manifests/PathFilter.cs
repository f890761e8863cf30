namespace TreePush.Core.Manifests;

/// <summary>
/// Which entries take part, by rules as rsync's <c>--exclude</c> and <c>--include</c> have them (rsync(1), "PATTERN
/// MATCHING RULES"): the first rule that matches decides, and what none matches takes part. An excluded directory is
/// not entered, so what lies in it is never asked about.
/// </summary>
public sealed class PathFilter
{
    private readonly PathPattern[] _patterns;

    private PathFilter(IReadOnlyList<FilterRule> rules, PathPattern[] patterns) => (Rules, _patterns) = (rules, patterns);

    public static PathFilter Everything { get; } = new([], []);

    /// <summary>The rules as they were given, for sending them on.</summary>
    public IReadOnlyList<FilterRule> Rules { get; }

    /// <returns>The filter, or null and what is wrong with the patterns.</returns>
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

    /// <summary>Whether the entry is left out by a rule about itself; the root never is.</summary>
    /// <param name="path">As in <see cref="RelativePath.Bytes"/>.</param>
    public bool Excludes(ReadOnlySpan<byte> path, bool isDirectory)
    {
        if (path.IsEmpty) return false;
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(path, isDirectory)) return !pattern.Include;
        }

        return false;
    }

    /// <summary>Whether the entry is left out, be it only because a directory above it is.</summary>
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
