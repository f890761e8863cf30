namespace TreePush.Core.Queueing;

/// <summary>A file that every agent is to have.</summary>
/// <param name="Path">Absolute, and the same on every host.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In hex, lower case.</param>
/// <param name="Slots">How many hosts may pull from one source at a time.</param>
/// <param name="MaxAttempts">How often a host tries before it is given up.</param>
public sealed record TaskSpec(string Id, string Path, long Size, string Sha256, int Slots, int MaxAttempts, DateTimeOffset Created)
{
    /// <summary>The id of the task that is started by setting the plain key <c>task</c>.</summary>
    public const string PlainId = "plain";
}
