namespace TreePush.Core.Manifests;

/// <summary>What a step of a wildcard takes.</summary>
internal enum WildcardTokenKind
{
    /// <summary>One certain byte.</summary>
    Literal,

    /// <summary>One byte of a set: <c>[…]</c>.</summary>
    Set,

    /// <summary>One byte but a slash: <c>?</c>.</summary>
    AnyByte,

    /// <summary>Bytes that are no slash, or none: <c>*</c>.</summary>
    WithinComponent,

    /// <summary>Any bytes, or none: <c>**</c>.</summary>
    AcrossComponents,
}
