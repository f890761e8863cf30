namespace TreePush.Relay.Targets;

/// <summary>A file of which content may be here already.</summary>
/// <param name="IsPartial">What an earlier run left under the temporary name; else the file itself.</param>
internal readonly record struct Candidate(int Entry, bool IsPartial);
