namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>Where a file is that is not known yet.</summary>
internal enum OpenFileStage
{
    /// <summary>It may still be written to.</summary>
    Waiting,

    /// <summary>It has arrived, and waits for somebody to handle it.</summary>
    Arrived,

    /// <summary>Somebody handles it.</summary>
    Handling,
}
