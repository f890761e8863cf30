namespace TreePush.Engine.Queueing;

/// <summary>A task as it is submitted. Its id follows from path, size and hash, so that the same content is the same task.</summary>
public sealed record TaskDraft(string Path, long Size, string Sha256, int Slots, int MaxAttempts);
