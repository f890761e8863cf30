namespace TreePush.Core.Runs;

/// <summary>The jobs that a run can do.</summary>
public enum JobKind
{
    /// <summary>A command is run on sources, once for each target.</summary>
    Push,

    /// <summary>A file or a directory is made equal on all targets by relays.</summary>
    Sync,
}
