namespace TreePush.Core.Pushing;

/// <summary>The state of a source; <see cref="SourcePool"/> lists the transitions.</summary>
internal enum SourceState
{
    /// <summary>The host has the files; there is no connection to it.</summary>
    Candidate,

    /// <summary>A connection is being opened.</summary>
    Opening,

    /// <summary>The source takes transfers while it has a free slot.</summary>
    Open,

    /// <summary>The connection broke. The source becomes a candidate again after a pause.</summary>
    Resting,

    /// <summary>
    /// The source failed several targets in a row, or it is a served host that could not log in to a target. It becomes a
    /// candidate again if these targets fail from other sources too, or if no other source is left.
    /// </summary>
    Suspected,

    /// <summary>The source is not used again.</summary>
    Retired,
}
