namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>A private copy of a file, or why there is none.</summary>
/// <param name="Fault">Null if there is a package.</param>
/// <param name="Reason">What to say of the file, to follow its name; null if there is a package.</param>
/// <param name="Hint">What to do about it, or null.</param>
public sealed record StagingOutcome(StagedPackage? Package, StagingFault? Fault, string? Reason, string? Hint)
{
    internal static StagingOutcome Of(StagedPackage package) => new(package, null, null, null);

    internal static StagingOutcome Failed(StagingFault fault, string reason, string? hint = null) => new(null, fault, reason, hint);
}
