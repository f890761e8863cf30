namespace TreePush.Cli.Commands.Dispatching;

/// <summary>What <c>treepush dispatch</c> is to do.</summary>
internal enum DispatchVerb
{
    /// <summary>Deliver the files that are named.</summary>
    Deliver,

    /// <summary>Deliver what arrives in a folder.</summary>
    Watch,

    /// <summary>Check the rules.</summary>
    Check,

    /// <summary>Show packages.</summary>
    Status,

    /// <summary>Try packages again.</summary>
    Retry,

    /// <summary>Remove packages from the journal.</summary>
    Forget,
}
