namespace TreePush.Core.Dispatching;

/// <summary>What can happen to a package at a host.</summary>
public enum PackageStep
{
    /// <summary>The file is complete and its private copy is on the disk.</summary>
    Arrive,

    StartDelivery,

    /// <summary>The delivery succeeded and was verified.</summary>
    EndDelivery,

    /// <summary>The delivery failed, or could not even start. There is another attempt.</summary>
    Postpone,

    /// <summary>The install command is about to be started.</summary>
    StartInstall,

    /// <summary>The host could not be reached, so the install command has not started. There is another attempt.</summary>
    PostponeInstall,

    /// <summary>The install command ended with status 0.</summary>
    EndInstall,

    /// <summary>No attempt is left, or the install command failed.</summary>
    GiveUp,

    /// <summary>The connection or the dispatcher was lost while the install command ran.</summary>
    LoseInstall,

    /// <summary>A person asks for another delivery.</summary>
    Retry,

    /// <summary>A person asks for the install command to be run, though it may have run before.</summary>
    RetryInstall,

    /// <summary>A person says that the package is installed.</summary>
    MarkInstalled,
}
