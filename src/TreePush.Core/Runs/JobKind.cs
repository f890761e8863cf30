namespace TreePush.Core.Runs;

/// <summary>The jobs that a run can do.</summary>
public enum JobKind
{
    /// <summary>A command runs on sources, once for each target.</summary>
    Push,

    /// <summary>Relays make a file or a directory equal on all targets.</summary>
    Sync,
}
