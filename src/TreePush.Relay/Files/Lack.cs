namespace TreePush.Relay.Files;

/// <summary>What DEST lacks of one entry.</summary>
internal enum Lack
{
    /// <summary>Nothing: the entry is as it should be.</summary>
    Nothing,

    /// <summary>The content is right; mode, time or owner are not.</summary>
    Metadata,

    /// <summary>The entry is missing, or its content differs.</summary>
    Content,

    /// <summary>A directory is in the place of a file or link, or the reverse. This is refused without --force.</summary>
    Conflict,
}
