using TreePush.Core.Dispatching.Arrivals;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>When a file counts as arrived, and how arrivals are handled.</summary>
public sealed record ArrivalOptions
{
    /// <summary>How long size and mtime must stand still.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(5);

    public ArrivalFilter Filter { get; init; } = ArrivalFilter.Default;

    /// <summary>Whether what is there at the very first start arrives too.</summary>
    public bool Initial { get; init; }

    /// <summary>Files that are handled at the same time.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>When a file arrives again that was handled and not acknowledged.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The time between scans where the system can't tell of every change.</summary>
    public TimeSpan Rescan { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told what the user should know of the watch. It must not hold the caller up.</summary>
    public Action<FolderNotice> Notify { get; init; } = _ => { };
}
