using TreePush.Engine.Remote;

namespace TreePush.Engine.Runs;

/// <summary>The environment of a run, for any job.</summary>
/// <param name="Driver">Opens the hosts; it outlives the run.</param>
/// <param name="Store">The folder for the output; null to keep none.</param>
/// <param name="Debug">Receives ssh's command lines, and what relays print; null to drop them.</param>
internal sealed record RunContext(
    IRemoteHostDriver Driver, IReadOnlyList<IRunObserver> Observers, RunFolder? Store, RunControls Controls, TimeProvider Time, Action<string>? Debug);
