namespace TreePush.Relay.Files;

/// <summary>Whether a file has changed since it was listed.</summary>
internal enum FileState
{
    /// <summary>The name still leads to the open file, and its size and time are those that were listed.</summary>
    Unchanged,

    /// <summary>The file was written to, or another file took its place.</summary>
    Changed,
}
