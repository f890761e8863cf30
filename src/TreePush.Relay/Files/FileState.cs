namespace TreePush.Relay.Files;

/// <summary>What became of a file since it was listed.</summary>
internal enum FileState
{
    /// <summary>The name still leads to the file that is open, and its size and time are those that were listed.</summary>
    Unchanged,

    /// <summary>It was written to, or another file took its place.</summary>
    Changed,
}
