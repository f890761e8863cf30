namespace TreePush.Cli.Commands.Completion;

/// <summary>Where a shell finds what an option's value may be.</summary>
internal enum ValuePlace
{
    /// <summary>Nowhere: a number, a time, free text.</summary>
    None,

    Files,

    Folders,

    /// <summary>The names of hosts that the shell knows of.</summary>
    Hosts,

    /// <summary>The folders of earlier runs below the log folder.</summary>
    Runs,
}
