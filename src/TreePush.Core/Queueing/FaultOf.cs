namespace TreePush.Core.Queueing;

/// <summary>Who is suspected where an attempt failed.</summary>
public enum FaultOf
{
    /// <summary>Either may be at fault.</summary>
    Unknown,

    /// <summary>The host that pulled: its disk is full, say.</summary>
    Host,

    /// <summary>The source could not be reached, or did not serve.</summary>
    Source,

    /// <summary>The source's file is not the task's file.</summary>
    SourceFile,
}
