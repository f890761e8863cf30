namespace TreePush.Core.Dispatching;

/// <summary>What a package's journal says of it, at one host. The first two states are the same at all hosts.</summary>
public enum PackageState
{
    /// <summary>A name was seen. The file may still be growing.</summary>
    Seen,

    /// <summary>The file is complete, and a private copy of it exists. It waits for its delivery, or for the next attempt.</summary>
    Arrived,

    /// <summary>The delivery to the host has begun.</summary>
    Delivering,

    /// <summary>The host has the file, and the copy was verified. Without an install command this is the end.</summary>
    Delivered,

    /// <summary>The install command may have started.</summary>
    Installing,

    /// <summary>The install command has succeeded.</summary>
    Installed,

    /// <summary>Given up: delivery failed too often, or the install command failed.</summary>
    Failed,

    /// <summary>The install command may have run, and nobody knows how it ended. Only a person can decide what to do.</summary>
    Unknown,
}
