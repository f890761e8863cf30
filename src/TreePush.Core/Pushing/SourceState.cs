namespace TreePush.Core.Pushing;

/// <summary>Where a source stands; <see cref="SourcePool"/> holds the transitions.</summary>
internal enum SourceState
{
    /// <summary>It has the files; nothing is connected.</summary>
    Candidate,

    /// <summary>A connection is being made.</summary>
    Opening,

    /// <summary>It takes transfers as long as it has a free slot.</summary>
    Open,

    /// <summary>Its connection went away; it becomes a candidate again after a pause.</summary>
    Resting,

    /// <summary>It failed several targets in a row; it becomes a candidate again if they fail from elsewhere too, or if no other source is left.</summary>
    Suspected,

    /// <summary>It is not used again.</summary>
    Retired,
}
