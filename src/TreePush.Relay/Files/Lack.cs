namespace TreePush.Relay.Files;

/// <summary>What DEST lacks of one entry.</summary>
internal enum Lack
{
    /// <summary>It is there as it should be.</summary>
    Nothing,

    /// <summary>Its content is there; mode, time or owner are not.</summary>
    Metadata,

    /// <summary>It is not there, or its content is another.</summary>
    Content,

    /// <summary>A directory stands in the place of a file or link, or the reverse: refused unless forced.</summary>
    Conflict,
}
