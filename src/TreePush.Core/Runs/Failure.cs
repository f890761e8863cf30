using System.Text.Json.Serialization;

namespace TreePush.Core.Runs;

/// <summary>A failure, described so that a person can act on it.</summary>
/// <param name="Message">What happened and where, in one line fit for display.</param>
/// <param name="Hint">What to do about it, or null.</param>
/// <param name="ExitCode">The command's exit status, or null if there is none.</param>
public sealed record Failure(FailureKind Kind, string Message, string? Hint = null, int? ExitCode = null)
{
    /// <summary>The last lines that the command printed, fit for display.</summary>
    public IReadOnlyList<string>? Tail { get; init; }

    /// <summary>Whether the source could not even try, so that the failure is no evidence about the target.</summary>
    [JsonIgnore]
    public bool IsSourceFault => Kind is FailureKind.CommandNotFound or FailureKind.HostUnreachable or FailureKind.HostRefused
        or FailureKind.HostAuthentication or FailureKind.HostKeyMismatch or FailureKind.ConnectionLost or FailureKind.HostUnusable
        or FailureKind.ControllerFault;

    /// <summary>Whether source and target do not trust each other. Either may be at fault.</summary>
    [JsonIgnore]
    public bool IsLackOfTrust => Kind is FailureKind.TargetAuthentication or FailureKind.TargetHostKey;

    /// <summary>Whether the failure is transient: the source may work again in a moment.</summary>
    [JsonIgnore]
    public bool IsPassing => Kind is FailureKind.ConnectionLost;

    public override string ToString() => Hint is null ? Message : $"{Message} (hint: {Hint})";
}
