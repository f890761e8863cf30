namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>How a file came to be observed.</summary>
public enum FileSign
{
    /// <summary>It is there: somebody looked.</summary>
    Found,

    /// <summary>The name was made just now, so it is another file than the one that had this name before.</summary>
    Created,

    /// <summary>It was closed after writing. Its writer may open it again.</summary>
    Written,

    /// <summary>It was renamed into place, so it is whole.</summary>
    MovedIn,
}
