using TreePush.Core.Manifests;

namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>
/// The names under which a writer keeps what is not whole yet. They are ignored, and so is all that is in a folder of such a
/// name. A pattern without a slash matches the name of a file or a folder; the rules are those of <see cref="PathFilter"/>.
/// </summary>
public sealed class ArrivalFilter
{
    private ArrivalFilter(PathFilter ignored) => Ignored = ignored;

    /// <summary>What is ignored unless the user says otherwise.</summary>
    public static IReadOnlyList<string> DefaultPatterns { get; } = ["*.part", "*~", ".*", "*.tmp"];

    public static ArrivalFilter Default { get; } = Parse(DefaultPatterns).Filter!;

    /// <summary>The same, for who walks a tree.</summary>
    public PathFilter Ignored { get; }

    /// <returns>The filter; or null and what is wrong with the patterns.</returns>
    public static (ArrivalFilter? Filter, IReadOnlyList<string> Problems) Parse(IEnumerable<string> patterns)
    {
        var (filter, problems) = PathFilter.Parse(patterns.Select(p => (Include: false, p)));
        return (filter is null ? null : new ArrivalFilter(filter), [.. problems.Select(p => p.What)]);
    }

    /// <summary>Whether the file, or a folder above it, has a name that is ignored.</summary>
    public bool Ignores(RelativePath file) => Ignored.ExcludesWithin(file, isDirectory: false);
}
