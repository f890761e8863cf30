namespace TreePush.Core.Dispatching;

/// <summary>What is known of an install command's end.</summary>
public enum InstallEnd
{
    /// <summary>It ended with status 0.</summary>
    Done,

    /// <summary>It ended with another status, or was ended when its time was over.</summary>
    Failed,

    /// <summary>The host could not be reached: it has not started.</summary>
    NotStarted,

    /// <summary>It may have started, and how it ended is not known.</summary>
    Lost,
}
