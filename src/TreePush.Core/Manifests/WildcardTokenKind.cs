namespace TreePush.Core.Manifests;

/// <summary>What a step of a wildcard matches.</summary>
internal enum WildcardTokenKind
{
    /// <summary>One given byte.</summary>
    Literal,

    /// <summary>One byte of a set: <c>[…]</c>.</summary>
    Set,

    /// <summary>Any byte except a slash: <c>?</c>.</summary>
    AnyByte,

    /// <summary>Any number of bytes except slashes: <c>*</c>.</summary>
    WithinComponent,

    /// <summary>Any number of bytes: <c>**</c>.</summary>
    AcrossComponents,
}
