using TreePush.Core.Manifests;

namespace TreePush.Engine.Folders;

/// <summary>How a folder is watched.</summary>
public sealed record FolderWatchOptions
{
    /// <summary>What is left out. A folder that is left out is not entered.</summary>
    public PathFilter Ignored { get; init; } = PathFilter.Everything;

    /// <summary>The time between scans where the system can't tell of every change. It grows where a scan takes long.</summary>
    public TimeSpan Rescan { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time between scans that should find nothing new.</summary>
    public TimeSpan Reconcile { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Told what the user should know. Called on a thread of the watch, which it must not hold up.</summary>
    public Action<FolderNotice> Notify { get; init; } = _ => { };

    /// <summary>Folders that may be watched before the watch does as if the system refused more; for tests.</summary>
    internal int MostWatches { get; init; } = int.MaxValue;
}
