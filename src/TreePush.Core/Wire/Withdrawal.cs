namespace TreePush.Core.Wire;

/// <summary>Why the source takes an entry back.</summary>
public enum Withdrawal : byte
{
    /// <summary>The file was deleted since it was listed.</summary>
    Vanished = 1,

    /// <summary>It changed while it was read; an entry for it as it is now follows.</summary>
    Changed = 2,

    /// <summary>It changed each time that it was read.</summary>
    Unstable = 3,

    /// <summary>It can't be read.</summary>
    Unreadable = 4,
}
