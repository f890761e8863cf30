using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>How an <see cref="IRemoteProgram"/> ended.</summary>
/// <param name="Status">Its exit status; null where none was reported, because it was killed or the connection went away.</param>
/// <param name="Loss">Where the connection went away: what to tell of it.</param>
public sealed record ProgramExit(int? Status, Failure? Loss);
