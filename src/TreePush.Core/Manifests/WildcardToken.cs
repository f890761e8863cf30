namespace TreePush.Core.Manifests;

/// <summary>One step of a <see cref="Wildcard"/>.</summary>
/// <param name="Kind">Which bytes the step matches.</param>
/// <param name="Literal">The byte that <see cref="WildcardTokenKind.Literal"/> matches.</param>
/// <param name="Set">Whether <see cref="WildcardTokenKind.Set"/> matches a byte, by value.</param>
internal sealed record WildcardToken(WildcardTokenKind Kind, byte Literal = 0, bool[]? Set = null)
{
    /// <summary>Whether the step may match nothing or several bytes.</summary>
    public bool Repeats => Kind is WildcardTokenKind.WithinComponent or WildcardTokenKind.AcrossComponents;

    public bool Takes(byte b) => Kind switch
    {
        WildcardTokenKind.Literal => b == Literal,
        WildcardTokenKind.Set => Set![b],
        WildcardTokenKind.AcrossComponents => true,
        _ => b != '/',
    };
}
