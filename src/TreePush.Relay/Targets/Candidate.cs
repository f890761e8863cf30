namespace TreePush.Relay.Targets;

/// <summary>A file whose content may be on this host already.</summary>
/// <param name="IsPartial">Whether the candidate is what an earlier run left under the temporary name; otherwise it is the file itself.</param>
internal readonly record struct Candidate(int Entry, bool IsPartial);
