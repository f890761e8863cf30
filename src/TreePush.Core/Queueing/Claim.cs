namespace TreePush.Core.Queueing;

/// <summary>A host's right to pull from a source, as long as its lease stands.</summary>
/// <param name="Token">Grows with every claim of the task, so that an older holder is known as such.</param>
/// <param name="Attempt">Counts from 1.</param>
public sealed record Claim(string Source, long Token, int Attempt);
