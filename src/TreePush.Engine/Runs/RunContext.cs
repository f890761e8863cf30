using TreePush.Engine.Remote;

namespace TreePush.Engine.Runs;

/// <summary>What a run finds around it, whatever its job.</summary>
/// <param name="Driver">The way to hosts; it outlives the run.</param>
/// <param name="Store">Where output is kept; null for nowhere.</param>
/// <param name="Debug">Gets ssh's command lines, and what relays print; null for nobody.</param>
internal sealed record RunContext(
    IRemoteHostDriver Driver, IReadOnlyList<IRunObserver> Observers, RunFolder? Store, RunControls Controls, TimeProvider Time, Action<string>? Debug);
