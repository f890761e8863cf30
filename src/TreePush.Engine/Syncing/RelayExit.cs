using TreePush.Core.Runs;

namespace TreePush.Engine.Syncing;

/// <summary>How a relay ended.</summary>
/// <param name="Status">Its exit status; null if none was reported, because it was killed or the connection was lost.</param>
/// <param name="Tail">The last lines that it, or ssh, printed to standard error.</param>
/// <param name="Failure">The failure to report; null if the relay ended with status 0, or because its input was closed.</param>
public sealed record RelayExit(int? Status, IReadOnlyList<string> Tail, Failure? Failure);
