using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>How an <see cref="IRemoteProgram"/> ended.</summary>
/// <param name="Status">Its exit status; null if none was reported, because it was killed or the connection was lost.</param>
/// <param name="Loss">The failure to report if the connection was lost.</param>
public sealed record ProgramExit(int? Status, Failure? Loss);
