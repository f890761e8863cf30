namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>A file that is not known yet.</summary>
internal sealed class OpenFile
{
    public OpenFileStage Stage { get; set; }

    /// <summary>The version that was observed last.</summary>
    public FileVersion Version { get; set; }

    /// <summary>The version that is handled.</summary>
    public FileVersion Handled { get; set; }

    /// <summary>When the version will have stood still for long enough.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>The version was moved in, so it need not stand still.</summary>
    public bool IsWhole { get; set; }

    /// <summary>The name is gone while the file is handled.</summary>
    public bool IsGone { get; set; }

    /// <summary>The version that is handled is safe elsewhere.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>For when the tracker's queue of times has an item for this file. Items for other times are stale.</summary>
    public DateTimeOffset? QueuedFor { get; set; }
}
