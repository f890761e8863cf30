namespace TreePush.Core.Wire;

/// <summary>Why the source withdraws an entry.</summary>
public enum Withdrawal : byte
{
    /// <summary>The file was deleted after it was listed.</summary>
    Vanished = 1,

    /// <summary>The file changed while it was read. A new entry for it follows.</summary>
    Changed = 2,

    /// <summary>The file changed each time it was read.</summary>
    Unstable = 3,

    /// <summary>The file can't be read.</summary>
    Unreadable = 4,
}
