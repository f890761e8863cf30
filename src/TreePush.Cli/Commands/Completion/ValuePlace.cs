namespace TreePush.Cli.Commands.Completion;

/// <summary>Where a shell finds the possible values of an option.</summary>
internal enum ValuePlace
{
    /// <summary>Nowhere: a number, a time, free text.</summary>
    None,

    Files,

    Folders,

    /// <summary>The host names that the shell knows.</summary>
    Hosts,

    /// <summary>The folders of earlier runs below the log folder.</summary>
    Runs,
}
